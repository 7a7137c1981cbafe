import fs from 'node:fs'
import path from 'node:path'
import { protocol } from 'electron'
import type { Logger } from '../core/log/logger.ts'

/** The one origin that the window's pages have. */
export const appOrigin = 'app://bundle'
export const startPage = `${appOrigin}/index.html`

/** Answers requests below `/content/`, such as a preview's bytes; null for what it does not know. */
export type ContentHandler = (request: Request) => Promise<Response | null>

/** Only what the bundle itself holds is loaded; no inline script, no eval, no form, no frame from elsewhere. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  // What PDF.js asks for by itself: maps of characters, and fonts that it reads as bytes.
  '.bcmap': 'application/octet-stream',
  '.pfb': 'application/octet-stream',
  '.ttf': 'application/octet-stream',
}

/** Makes `app:` a scheme like https. Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/** Tells whether an address is of the app's own origin. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol: scheme, host, username, password } = new URL(url)
  return scheme === 'app:' && host === 'bundle' && username === '' && password === ''
}

/** Serves the window's files from a folder, and content from a handler, under `app://bundle/`. */
export function serveBundle(options: {
  readonly folder: string
  readonly content: ContentHandler
  readonly log: Logger
}): void {
  const { folder, content, log } = options

  protocol.handle('app', async (request) => {
    if (!isAppUrl(request.url)) return refusal(404)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
    try {
      const { pathname } = new URL(request.url)
      if (pathname.startsWith('/content/')) return (await content(request)) ?? refusal(404)
      return await bundleFile(folder, pathname)
    } catch (error) {
      log.warn('A page’s request failed', { url: request.url, error })
      return refusal(500)
    }
  })
}

async function bundleFile(folder: string, pathname: string): Promise<Response> {
  const file = confinedPath(folder, pathname)
  const type = file && mediaTypes[path.extname(file)]
  if (!type) return refusal(404)
  try {
    const content = await fs.promises.readFile(file)
    return new Response(new Uint8Array(content), { headers: { ...safeHeaders, 'Content-Type': type } })
  } catch {
    return refusal(404)
  }
}

/** The file below the folder that a URL's path means, or null when it leads out of it. */
export function confinedPath(folder: string, pathname: string): string | null {
  const decoded = decodePath(pathname)
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null
  const file = path.resolve(folder, `.${path.posix.normalize(decoded)}`)
  return file.startsWith(path.resolve(folder) + path.sep) ? file : null
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}

const safeHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: safeHeaders })
}
