import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { silentLogger } from '../core/log/logger.ts'
import { confinedPath, contentSecurityPolicy, isAppUrl, serveBundle } from './protocol.ts'

type Answer = (request: Request) => Promise<Response>
const handlers = vi.hoisted(() => new Map<string, Answer>())
vi.mock('electron', () => ({
  protocol: { handle: (scheme: string, handler: Answer) => handlers.set(scheme, handler) },
}))

let folder: string
beforeAll(() => {
  folder = path.join(fs.mkdtempSync(path.join(tmpdir(), 'asteroid-bundle-')), 'renderer')
  fs.mkdirSync(path.join(folder, 'assets'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'index.html'), '<p>hello')
  fs.writeFileSync(path.join(folder, 'assets', 'a.js'), 'export {}')
  fs.writeFileSync(path.join(folder, 'assets', 'a.map'), '{}')
  fs.writeFileSync(path.join(folder, '..', 'outside.html'), 'secret')
  const content = async (request: Request) => (request.url.endsWith('/known') ? new Response('content') : null)
  serveBundle({ folder, content, log: silentLogger })
})

const get = (url: string, method = 'GET') => handlers.get('app')?.(new Request(url, { method })) as Promise<Response>

test('a page comes with its type, a strict policy, and no sniffing', async () => {
  const response = await get('app://bundle/index.html')
  expect(await response.text()).toBe('<p>hello')
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  expect((await get('app://bundle/assets/a.js?v=1')).headers.get('content-type')).toContain('text/javascript')
})

test('the policy allows no inline code, no eval, and nothing from elsewhere', () => {
  expect(contentSecurityPolicy).toMatch(/default-src 'none'/)
  expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:|wss?:/)
})

// These don't fall back to `default-src`: what the policy leaves out is open to everyone.
test.each(['base-uri', 'form-action', 'frame-ancestors', 'object-src'])(
  'the policy leaves nothing of %s',
  (directive) => {
    expect(contentSecurityPolicy.split('; ')).toContain(`${directive} 'none'`)
  },
)

test.each([
  'app://bundle/',
  'app://bundle/none.html',
  'app://bundle/assets',
  'app://bundle/assets/a.map',
  'app://bundle/%2e%2e/outside.html',
  'app://bundle/..%2foutside.html',
  'app://bundle/..%5coutside.html',
  'app://bundle/assets/..%2f..%2foutside.html',
  'app://bundle/index.html%00.js',
  'app://bundle/%ff',
  'app://other/index.html',
  'app://bundle:8080/index.html',
])('%s is not found', async (url) => {
  const response = await get(url)
  expect([response.status, await response.text()]).toEqual([404, ''])
  // A refusal is a page too.
  expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
})

test('only reading is answered', async () => {
  expect((await get('app://bundle/index.html', 'POST')).status).toBe(405)
})

test('content is answered by whoever knows it', async () => {
  expect(await (await get('app://bundle/content/known')).text()).toBe('content')
  expect((await get('app://bundle/content/unknown')).status).toBe(404)
})

test('no path leads out of the folder', () => {
  for (const pathname of ['/../x', '/a/../../x', '//etc/passwd', '/%2e%2e/%2e%2e/x', '/./../x', '/..\\x', '/', '/a/..'])
    expect(confinedPath('/srv/app', pathname) ?? '/srv/app/inside').toMatch(/^\/srv\/app\/./)
})

test('only the exact origin is the app’s', () => {
  expect(isAppUrl('app://bundle/index.html')).toBe(true)
  for (const url of ['app://bundle.com/', 'app://x@bundle/', 'app:bundle', 'APP://other/', 'http://bundle/', '', 'x'])
    expect(isAppUrl(url)).toBe(false)
})
