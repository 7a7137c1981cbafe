import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FileServer } from '../serve-files.ts'

/** The same server at the other end of a link of 200 Mbit/s and a round trip of 50 ms. */
export async function farAway(near: FileServer): Promise<FileServer> {
  const links = [near.http, near.https].map((base) => startLink(new URL(base).port))
  const [http, https] = await Promise.all(links.map(({ port }) => port))
  return {
    ...near,
    http: `http://127.0.0.1:${http}`,
    https: `https://127.0.0.1:${https}`,
    stop() {
      for (const { stop } of links) stop()
      near.stop()
    },
  }
}

function startLink(port: string): { readonly port: Promise<string>; readonly stop: () => void } {
  const program = fileURLToPath(new URL('./slow-link.ts', import.meta.url))
  const child = spawn(process.execPath, [program, port], { stdio: ['ignore', 'pipe', 'inherit'] })
  return {
    port: once(child.stdout, 'data').then(([text]) => String(text).trim()),
    stop: () => child.kill(),
  }
}
