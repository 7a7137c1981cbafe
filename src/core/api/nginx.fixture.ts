import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const program = '/usr/sbin/nginx'

export const hasNginx = existsSync(program)

/** One request that nginx answered, as its log has it; `-` for a header that was not sent. */
export type Logged = {
  readonly status: number
  readonly path: string
  readonly bodyBytes: number
  readonly range: string
  readonly ifRange: string
}

/**
 * Serves a folder by nginx on 127.0.0.1, with further directives for all of it (`http`) and for the folder (`server`);
 * answers its origin once it listens. `logged` is whole once `close` has settled.
 */
export async function startNginx(folder: string, options: { readonly http?: string; readonly server?: string } = {}) {
  const home = mkdtempSync(path.join(tmpdir(), 'asteroid-files-nginx-'))
  mkdirSync(path.join(home, 'logs'))
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${home}/${name};`,
  )
  writeFileSync(
    path.join(home, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${home}/pid; error_log ${home}/error.log;
     events {} http { ${temporary.join(' ')} sendfile on; ${options.http ?? ''}
     log_format told escape=none '$status\t$uri\t$body_bytes_sent\t$http_range\t$http_if_range'; access_log ${home}/access.log told;
     server { listen 127.0.0.1:${port}; root ${folder}; ${options.server ?? ''} } }`,
  )
  const child = spawn(program, ['-p', home, '-c', path.join(home, 'nginx.conf'), '-e', path.join(home, 'error.log')])
  const origin = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 10_000
  while (!(await answers(origin))) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error('nginx did not start.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  let log: string | null = null
  const readLog = () => readFileSync(path.join(home, 'access.log'), 'utf8')
  return {
    origin,
    /** What was asked for so far, but for the first, which finds out whether it listens. */
    logged: (): readonly Logged[] => (log ?? readLog()).split('\n').slice(1, -1).map(parseLogged),
    close: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => {
          log = readLog()
          rmSync(home, { recursive: true, force: true })
          resolve()
        })
        // What is under way is answered, and logged, first.
        child.kill('SIGQUIT')
      }),
  }
}

function parseLogged(line: string): Logged {
  const [status, path = '', bodyBytes, range = '', ifRange = ''] = line.split('\t')
  return { status: Number(status), path, bodyBytes: Number(bodyBytes), range, ifRange }
}

function answers(origin: string): Promise<boolean> {
  return fetch(origin).then(
    () => true,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}
