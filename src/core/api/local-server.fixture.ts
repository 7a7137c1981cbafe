import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

export type LocalServer = { readonly port: number; readonly close: () => Promise<void> }

/** A certificate that only those trust who are given it. */
export type Certificate = {
  readonly file: string
  readonly cert: string
  readonly key: string
  readonly remove: () => void
}

/** Serves on 127.0.0.1; over TLS when a certificate is given. */
export function startServer(listener: RequestListener, certificate?: Certificate): Promise<LocalServer> {
  return listen(certificate ? createSecureServer(certificate, listener) : createPlainServer(listener))
}

/**
 * A proxy that makes tunnels and nothing else, and leads every one of them to one port of this computer, whatever the
 * name that it was asked for. `asked` holds those names.
 */
export async function startProxy(options: {
  readonly leadsTo: number
  /** The status that it answers instead, to refuse. */
  readonly refuseWith?: number
  /** To be spoken to over TLS itself. */
  readonly certificate?: Certificate
}): Promise<LocalServer & { readonly asked: readonly string[] }> {
  const asked: string[] = []
  const refuse: RequestListener = (_, response) => response.writeHead(405).end()
  const server = options.certificate ? createSecureServer(options.certificate, refuse) : createPlainServer(refuse)
  const sockets = new Set<Socket>()
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '')
    if (options.refuseWith !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuseWith} No\r\n\r\n`)
      return
    }
    const beyond = connect(options.leadsTo, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(beyond).pipe(socket)
    })
    for (const each of [socket, beyond]) {
      sockets.add(each)
      each.on('error', () => each.destroy())
    }
  })
  const { port, close } = await listen(server)
  return {
    port,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return close()
    },
  }
}

async function listen(server: Server): Promise<LocalServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Makes a certificate for a name with openssl; null where there is no openssl. */
export function createCertificate(host: string): Certificate | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'asteroid-files-certificate-'))
  const [file, keyFile] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')]
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host},IP:127.0.0.1`]
  const form = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const result = spawnSync('openssl', [...form, ...subject, '-keyout', keyFile, '-out', file])
  const remove = () => rmSync(folder, { recursive: true, force: true })
  if (result.status === 0) return { file, cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8'), remove }
  remove()
  return null
}
