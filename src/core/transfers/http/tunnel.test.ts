import { createServer, type Socket } from 'node:net'
import { afterAll, afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createCertificate, startProxy, startServer } from '../../api/local-server.fixture.ts'
import { Failure } from '../../failure.ts'
import { addressOf } from './address.ts'
import { createConnectionPool } from './connection-pool.ts'

/** No name server knows a name under `.invalid` (RFC 6761): only a proxy can lead there. */
const address = 'https://storage.asteroid.invalid/file?signature=secret-link'
const certificate = createCertificate('storage.asteroid.invalid')
afterAll(() => certificate?.remove())
afterEach(() => vi.unstubAllEnvs())

/** Asks for the address through a proxy; answers its body, or the failure. */
async function ask(proxy: string, url = address): Promise<string> {
  vi.stubEnv('HTTPS_PROXY', proxy)
  vi.stubEnv('NODE_EXTRA_CA_CERTS', certificate?.file ?? '')
  const pool = createConnectionPool({ connectMilliseconds: 300, stallMilliseconds: 2_000 })
  onTestFinished(pool.close)
  let body = ''
  const onBody = (bytes: Buffer) => {
    body += bytes.toString()
  }
  await new Promise<void>((resolve, reject) => {
    const onEnd = (thrown?: unknown) => (thrown === undefined ? resolve() : reject(thrown))
    pool.get(addressOf(new URL(url)), { 'X-Key': 'secret-key' }, { onHead() {}, onBody, onEnd })
  })
  return body
}

async function failure(proxy: string, url = address): Promise<unknown> {
  const thrown = await ask(proxy, url).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(Failure)
  expect(JSON.stringify(thrown)).not.toMatch(/secret|hidden/)
  return thrown instanceof Failure ? thrown.error : thrown
}

/** A proxy that says this to whatever it is asked, and nothing more; `heard` gets what it was asked. */
async function proxySaying(words: string | null, heard: string[] = [], user = 'user:hidden-word'): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      heard.push(bytes.toString('latin1'))
      if (words !== null) socket.end(words)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const at = server.address()
  return `http://${user}@127.0.0.1:${typeof at === 'object' ? at?.port : 0}`
}

test.each([
  [403, 'proxy', 'The proxy did not let the connection through. It answered 403.'],
  [407, 'proxy', 'The proxy asks for a name and a password (407). Put them into HTTPS_PROXY.'],
  [502, 'network', 'The proxy could not reach the server (502).'],
])('a proxy that answers %i is told as %s, without link or key', async (status, cause, message) => {
  const proxy = await startProxy({ leadsTo: 1, refuseWith: status })
  onTestFinished(proxy.close)
  expect(await failure(`http://user:hidden-word@127.0.0.1:${proxy.port}`)).toEqual({ kind: 'offline', cause, message })
  expect(proxy.asked).toEqual(['storage.asteroid.invalid:443'])
})

test('what is no proxy is told as such', async () => {
  expect(await failure(await proxySaying('SSH-2.0-OpenSSH_9.6\r\n\r\n'))).toMatchObject({ cause: 'proxy' })
  expect(await failure(await proxySaying('HTTP/1.1 200 O'))).toMatchObject({
    message: 'The proxy did not let the connection through. Its answer could not be understood.',
  })
  expect(await failure('socks5://user:hidden-word@127.0.0.1:1')).toMatchObject({ kind: 'invalid-input' })
})

test.each([
  ['https://[2001:db8::1]/file', '[2001:db8::1]:443', 'user:hidden%20word', 'user:hidden word'],
  ['https://[2001:db8::1]:8443/file', '[2001:db8::1]:8443', 'user:hidden%25word', 'user:hidden%word'],
  ['https://192.0.2.1/file', '192.0.2.1:443', 'hidden', 'hidden:'],
])('for %s a proxy hears the host, the name and the password, and nothing else', async (url, host, user, said) => {
  const heard: string[] = []
  const refusal = await proxySaying('HTTP/1.1 403 No\r\n\r\n', heard, user)
  expect(await failure(refusal, url)).toMatchObject({ cause: 'proxy' })
  const credentials = Buffer.from(said).toString('base64')
  expect(heard.join('')).toBe(
    `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\nProxy-Authorization: Basic ${credentials}\r\n\r\n`,
  )
})

test('a password that is not encoded is told as such, before anything is sent', async () => {
  const heard: string[] = []
  expect(await failure(await proxySaying(null, heard, 'user:100%hidden'))).toEqual({
    kind: 'invalid-input',
    message: 'The name or the password in HTTPS_PROXY has a “%” that stands for nothing. Write “%25” for it.',
  })
  expect(heard).toEqual([])
})

test('a proxy that takes a connection and says nothing is not waited for without end', async () => {
  expect(await failure(await proxySaying(null))).toMatchObject({ kind: 'offline', cause: 'network' })
})

if (!certificate) process.stderr.write('Tests through a tunnel are skipped: openssl is not installed.\n')
describe.skipIf(!certificate)('over TLS', () => {
  test.each(['http', 'https'])('a tunnel through a proxy that speaks %s carries the whole answer', async (scheme) => {
    const content = 'through the tunnel '.repeat(50_000)
    const headers: string[] = []
    const server = await startServer((request, response) => {
      headers.push(...Object.keys(request.headers))
      response.end(content)
    }, certificate ?? undefined)
    onTestFinished(server.close)
    const proxy = await startProxy({
      leadsTo: server.port,
      ...(scheme === 'https' && certificate ? { certificate } : {}),
    })
    onTestFinished(proxy.close)
    expect(await ask(`${scheme}://user:hidden-word@127.0.0.1:${proxy.port}`)).toBe(content)
    // What the proxy is told is not for the server.
    expect(headers).toEqual(['host', 'x-key'])
    expect(proxy.asked).toEqual(['storage.asteroid.invalid:443'])
  })
})
