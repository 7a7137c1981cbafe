import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import path from 'node:path'

export type FileServer = {
  readonly http: string
  readonly https: string
  /** The certificate that clients must trust. */
  readonly certificate: string
  readonly stop: () => void
}

/** Serves a folder with nginx on free ports of this computer, over HTTP and HTTPS. */
export async function serveFiles(folder: string, work: string): Promise<FileServer> {
  const [plain, secure] = [await freePort(), await freePort()]
  const certificate = path.join(work, 'cert.pem')
  const key = path.join(work, 'key.pem')
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const form = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  run('openssl', [...form, ...subject, '-keyout', key, '-out', certificate])
  const config = path.join(work, 'nginx.conf')
  mkdirSync(path.join(work, 'temp'), { recursive: true })
  writeFileSync(
    config,
    `worker_processes 2; daemon off; pid ${work}/nginx.pid; error_log stderr crit;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000; open_file_cache max=15000; client_body_temp_path ${work}/temp;
  proxy_temp_path ${work}/temp; fastcgi_temp_path ${work}/temp; uwsgi_temp_path ${work}/temp; scgi_temp_path ${work}/temp;
  server {
    listen 127.0.0.1:${plain}; listen 127.0.0.1:${secure} ssl;
    ssl_certificate ${certificate}; ssl_certificate_key ${key}; ssl_session_cache shared:s:1m;
    root ${folder};
  }
}
`,
  )
  const server = spawn('nginx', ['-c', config, '-p', work], { stdio: ['ignore', 'ignore', 'inherit'] })
  await answering(plain)
  return {
    http: `http://127.0.0.1:${plain}`,
    https: `https://127.0.0.1:${secure}`,
    certificate,
    stop: () => server.kill('SIGQUIT'),
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answered = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.end())
    })
    if (answered) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('nginx did not start.')
}
