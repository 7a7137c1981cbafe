import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { startSample } from '../src/core/sample/sample.ts'
import { ask } from './bridge.ts'
import { test } from './fixtures.ts'

/** A server that counts who comes: nobody must. */
async function startTrap() {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('hello')
  })
  server.on('upgrade', (request, socket) => {
    visits.push(request.url ?? '')
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits,
    close: () => server.close(),
  }
}

async function isStillThere(window: Page): Promise<void> {
  expect(await ask(window, 'app:info', undefined)).toMatchObject({ version: expect.any(String) })
}

test('the window’s JavaScript can’t reach Node or Electron', async ({ app }) => {
  const reached = await app.window.evaluate(() => {
    const names = [
      'require',
      'process',
      'module',
      'exports',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      '__dirname',
    ]
    return names.filter((name) => Reflect.has(window, name))
  })
  expect(reached).toEqual([])
  const bridge = await app.window.evaluate(async () => {
    const { api } = window
    const attempts = [
      () => Object.assign(window, { api: null }),
      () => Object.assign(api, { invoke: null }),
      () => Reflect.apply(api.invoke, null, ['ipc:anything', {}]),
      () => Reflect.apply(api.on, null, ['ipc:anything', () => {}]),
    ]
    const results = await Promise.allSettled(attempts.map(async (attempt) => attempt()))
    return results.map((result) => result.status)
  })
  expect(bridge).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
  await isStillThere(app.window)
})

test('the window’s JavaScript can’t reach the key, nor can who reads the profile', async ({ launch, folder }) => {
  const sample = await startSample({ key: 'very-secret-key-of-this-test' })
  try {
    const { window, evaluate, ended } = await launch({ env: { ASTEROID_BASE_URL: sample.base } })
    await ask(window, 'account:sign-in', { key: sample.key, keep: 'session' })
    const executionId = sample.runs[0]?.executionId ?? ''
    const { listing } = await ask(window, 'listing:open', { executionId, source: 'account' })
    await ask(window, 'listing:refresh', { listing })
    await ask(window, 'app:copy-diagnostics', undefined)
    await ask(window, 'settings:change', { theme: 'dark' })
    const told = [
      await ask(window, 'account:status', undefined),
      await ask(window, 'settings:get', undefined),
      await ask(window, 'listing:details', { listing, node: 0 }),
      await ask(window, 'listing:rows', { listing, from: 0, to: 200 }),
      await evaluate(({ clipboard }) => clipboard.readText()),
      await window.evaluate(() => [
        document.cookie,
        { ...localStorage },
        { ...sessionStorage },
        document.body.outerHTML,
      ]),
    ]
    expect(JSON.stringify(told)).not.toContain(sample.key)
    expect(JSON.stringify(told)).not.toMatch(/[?&](signature|expires|sig)=/i)
    await evaluate(({ app }) => app.quit())
    await ended
    const profile = path.join(folder, 'profile')
    const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(2)
    for (const file of files)
      expect(readFileSync(path.join(file.parentPath, file.name), 'latin1')).not.toContain(sample.key)
  } finally {
    await sample.close()
  }
})

test('the window’s JavaScript can’t reach any address but the app’s own', async ({ app }) => {
  const trap = await startTrap()
  await app.window.evaluate(async (url) => {
    const add = (html: string) => document.body.insertAdjacentHTML('beforeend', html)
    const attempts: (() => unknown)[] = [
      () => fetch(`${url}/fetch`),
      () => fetch(`${url}/no-cors`, { mode: 'no-cors' }),
      () => new EventSource(`${url}/events`),
      () => new WebSocket(`${url.replace('http', 'ws')}/socket`),
      () => navigator.sendBeacon(`${url}/beacon`, 'x'),
      () => new Worker(`${url}/worker.js`),
      () => import(`${url}/module.js`),
      () => new FontFace('x', `url(${url}/font)`).load(),
      () => Object.assign(new Image(), { src: `${url}/image` }),
      () => Object.assign(new Audio(), { src: `${url}/audio` }).play(),
      () => document.head.append(Object.assign(document.createElement('script'), { src: `${url}/script.js` })),
      () => add(`<link rel="stylesheet" href="${url}/style.css"><link rel="prefetch" href="${url}/prefetch">`),
      () => add(`<iframe src="${url}/frame"></iframe><object data="${url}/object"></object><embed src="${url}/embed">`),
      () =>
        add(
          `<video poster="${url}/poster" src="${url}/video"></video><div style="background:url(${url}/style)"></div>`,
        ),
      () => add(`<form id="f" method="post" action="${url}/form"></form><a id="p" href="#x" ping="${url}/ping"></a>`),
      () => (document.getElementById('f') as HTMLFormElement).submit(),
      () => document.getElementById('p')?.click(),
    ]
    await Promise.allSettled(attempts.map(async (attempt) => attempt()))
    await new Promise((resolve) => setTimeout(resolve, 500))
  }, trap.url)
  trap.close()
  expect(trap.visits).toEqual([])
  await isStillThere(app.window)
})

test('the page can’t be sent elsewhere, by itself or by a link', async ({ app }) => {
  const trap = await startTrap()
  for (const target of [`${trap.url}/page`, 'file:///etc/passwd', 'data:text/html,hello', 'https://asteroid.ai/']) {
    await app.window.evaluate((url) => {
      document.body.insertAdjacentHTML('beforeend', `<a id="away" href="${url}">away</a>`)
      document.getElementById('away')?.click()
      document.getElementById('away')?.remove()
      location.assign(url)
    }, target)
    await app.window.waitForTimeout(200)
    await isStillThere(app.window)
  }
  trap.close()
  expect(trap.visits).toEqual([])
})

test('the page can’t open a window', async ({ app }) => {
  const trap = await startTrap()
  await app.window.evaluate((url) => {
    for (const target of [`${url}/a`, 'about:blank', './index.html']) window.open(target)
    document.body.insertAdjacentHTML('beforeend', `<a id="new" target="_blank" href="${url}/b">new</a>`)
    document.getElementById('new')?.click()
  }, trap.url)
  await app.window.waitForTimeout(500)
  trap.close()
  expect(trap.visits).toEqual([])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  await isStillThere(app.window)
})

test('every permission is denied', async ({ app }) => {
  const found = await app.window.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
    ]
    const states = names.map(
      async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
    )
    const position = new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('found'),
        (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.message),
      ),
    )
    const media = navigator.mediaDevices.getUserMedia({ audio: true }).catch((error: DOMException) => error.name)
    return { states: await Promise.all(states), position: await position, media: await media }
  })
  expect(found.states).toEqual(Array(7).fill('denied'))
  expect(found.position).toBe('denied')
  expect(['NotAllowedError', 'NotFoundError']).toContain(found.media)
  expect(await app.window.evaluate(() => Notification.requestPermission())).toBe('denied')
})

test('code that is not in the bundle does not run', async ({ app }) => {
  const ran = await app.window.evaluate(async () => {
    const ran: string[] = []
    Object.assign(window, { ran })
    const script = document.createElement('script')
    script.textContent = 'ran.push("inline script")'
    document.body.append(script)
    document.body.insertAdjacentHTML('beforeend', '<img src="./none.png" onerror="ran.push(\'inline handler\')">')
    document.body.insertAdjacentHTML('beforeend', '<a id="code" href="javascript:ran.push(\'address\')">x</a>')
    document.getElementById('code')?.click()
    const source = URL.createObjectURL(new Blob(['ran.push("blob")'], { type: 'text/javascript' }))
    document.body.append(Object.assign(document.createElement('script'), { src: source }))
    // Not at once: what a debugger evaluates may use eval even where the policy forbids it.
    setTimeout(() => {
      try {
        new Function('ran.push("function from text")')()
      } catch {
        // Refused, as it should be; what ran despite that is in the list.
      }
    })
    await new Promise((resolve) => setTimeout(resolve, 500))
    return ran
  })
  expect(ran).toEqual([])
})

test('a frame within the page has no bridge, and none may come from elsewhere', async ({ app }) => {
  const frames = await app.window.evaluate(async () => {
    const add = (src: string) =>
      new Promise<string>((resolve) => {
        const frame = document.createElement('iframe')
        frame.onload = () => {
          try {
            resolve(typeof Reflect.get(frame.contentWindow ?? {}, 'api'))
          } catch {
            resolve('out of reach')
          }
        }
        frame.src = src
        document.body.append(frame)
        setTimeout(() => resolve('never loaded'), 1_000)
      })
    return Promise.all([add('about:blank'), add('./error.html'), add('data:text/html,hello')])
  })
  expect(frames).toEqual([
    'undefined',
    expect.stringMatching(/undefined|out of reach|never/),
    expect.stringMatching(/out of reach|never/),
  ])
})
