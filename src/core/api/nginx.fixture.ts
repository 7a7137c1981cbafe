import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const program = '/usr/sbin/nginx'

export const hasNginx = existsSync(program)

/** Serves a folder by nginx on 127.0.0.1; answers its origin once it listens. */
export async function startNginx(folder: string) {
  const home = mkdtempSync(path.join(tmpdir(), 'asteroid-files-nginx-'))
  mkdirSync(path.join(home, 'logs'))
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${home}/${name};`,
  )
  writeFileSync(
    path.join(home, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${home}/pid; error_log ${home}/error.log;
     events {} http { access_log off; ${temporary.join(' ')} sendfile on;
     server { listen 127.0.0.1:${port}; root ${folder}; } }`,
  )
  const child = spawn(program, ['-p', home, '-c', path.join(home, 'nginx.conf'), '-e', path.join(home, 'error.log')])
  const origin = `http://127.0.0.1:${port}`
  const deadline = Date.now() + 10_000
  while (!(await answers(origin))) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error('nginx did not start.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    origin,
    close: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => {
          rmSync(home, { recursive: true, force: true })
          resolve()
        })
        child.kill('SIGTERM')
      }),
  }
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
