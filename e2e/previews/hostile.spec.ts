import { expect, type FrameLocator, test } from '@playwright/test'
import { ask } from '../bridge.ts'
import { previewedRun } from './previewed-run.ts'
import { startTrap } from './trap.ts'

/** A page that tries one thing in every way that we know, by the name of what it tries. */
function attempts(trap: string) {
  return {
    scripts: `<script>top.document.title='ran'</script><img src=x onerror="top.document.title='ran'">
      <svg onload="top.document.title='ran'"></svg><a href="javascript:top.document.title='ran'">link</a>
      <script src="${trap}/script.js"></script><script type=module>import '${trap}/module.js'</script>`,
    network: `<img src="${trap}/img"><img srcset="${trap}/srcset 1x"><link rel=stylesheet href="${trap}/css">
      <link rel=preconnect href="${trap}"><link rel=dns-prefetch href="${trap}"><link rel=prefetch href="${trap}/prefetch">
      <link rel=preload as=image href="${trap}/preload"><link rel=modulepreload href="${trap}/modulepreload">
      <style>@import "${trap}/import";@font-face{font-family:f;src:url(${trap}/font)}
      body{background:url(${trap}/background);font-family:f}</style>
      <video src="${trap}/video" poster="${trap}/poster" autoplay></video><audio src="${trap}/audio" autoplay></audio>
      <object data="${trap}/object"></object><embed src="${trap}/embed"><input type=image src="${trap}/input">
      <svg><image href="${trap}/svg"/><use href="${trap}/use#a"/></svg><table background="${trap}/table"></table>`,
    'pop-ups': `<a href="${trap}/popup" target=_blank>link</a><a href="${trap}/named" target=other>link</a>
      <script>window.open('${trap}/opened')</script>`,
    navigation: `<meta http-equiv=refresh content="0;url=${trap}/refresh"><base href="${trap}/"><a href="relative">link</a>
      <a href="${trap}/top" target=_top>link</a><a href="${trap}/self">link</a><iframe src="${trap}/frame"></iframe>
      <frameset><frame src="${trap}/frameset"></frameset><script>top.location='${trap}/location'</script>`,
    forms: `<form action="${trap}/form" target=_top><button>send</button><input name=a autofocus></form>
      <form id=f action="${trap}/auto"></form><button form=f formaction="${trap}/formaction">send</button>
      <script>document.forms[0].submit()</script><isindex action="${trap}/isindex">`,
    'the disk': `<iframe src="file:///etc/passwd"></iframe><img src="file:///etc/hostname"><a href="file:///etc/passwd">link</a>
      <object data="file:///etc/passwd"></object><link rel=stylesheet href="file:///etc/passwd">`,
  }
}

const trap = await startTrap()
const pages = attempts(trap.url)
const names = Object.keys(pages) as (keyof typeof pages)[]
const page = (body: string) => `<!doctype html><html><body><p>here</p>${body}</body></html>`
const files = names.flatMap((name) => [
  { name: `${name}.html`, content: Buffer.from(page(pages[name])) },
  {
    name: `${name}.md`,
    content: Buffer.from(`# here\n\n${pages[name]}\n\n![alt](${trap.url}/md) [link](${trap.url}/md)\n`),
  },
  {
    name: `${name}.svg`,
    content: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="40"><script>top.document.title='ran'</script>
       <image href="${trap.url}/image" width="9" height="9"/><image xlink:href="file:///etc/hostname" width="9" height="9"/>
       <style>@import "${trap.url}/css";</style><a href="${trap.url}/a"><rect width="99" height="40" fill="green"/></a>
       <foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${trap.url}/frame"/></foreignObject></svg>`,
    ),
  },
])

test.describe('a hostile file in a preview', () => {
  const opened = previewedRun(files)
  test.afterAll(() => trap.close())

  /** Presses what there is to press, and then sees that nothing came of it. */
  async function pressAll(frame: FrameLocator): Promise<void> {
    for (const target of await frame.locator('a, button, input').all())
      await target.click({ force: true, timeout: 1_000 }).catch(() => {})
  }
  async function expectNothingCame(): Promise<void> {
    const { window } = opened().app
    await window.waitForTimeout(300)
    expect(trap.visits).toEqual([])
    expect(window.context().pages().length).toBe(1)
    expect(await window.title()).not.toBe('ran')
    expect(await ask(window, 'app:info', undefined)).toMatchObject({ version: expect.any(String) })
  }

  for (const name of names) {
    test(`HTML that tries ${name} gets nowhere`, async () => {
      const preview = await opened().show(`${name}.html`)
      const frame = preview.frameLocator('iframe')
      // Its answer says so too, and each would be enough.
      await expect(preview.locator('iframe')).toHaveAttribute('sandbox', '')
      await expect(frame.getByText('here')).toBeVisible()
      await pressAll(frame)
      await expect(frame.getByText('here')).toBeVisible()
      await expectNothingCame()
    })

    test(`HTML that tries ${name} gets nowhere by the frame alone, before it is cleaned`, async () => {
      const { window } = opened().app
      const address = await ask(window, 'preview:add-page', { html: page(pages[name]) })
      await window.evaluate((source) => {
        const frame = document.createElement('iframe')
        frame.setAttribute('sandbox', '')
        frame.src = source
        frame.title = 'uncleaned'
        frame.className = 'uncleaned'
        document.body.append(frame)
      }, address)
      const frame = window.frameLocator('iframe.uncleaned')
      await expect(frame.locator('html')).toBeAttached()
      await pressAll(frame)
      await expectNothingCame()
      await window.evaluate(() => document.querySelector('iframe.uncleaned')?.remove())
    })

    test(`Markdown that tries ${name} gets nowhere`, async () => {
      const preview = await opened().show(`${name}.md`)
      await expect(preview.getByRole('heading', { name: 'here' })).toBeVisible()
      for (const target of await preview.locator('article a, article button, article input').all())
        await target.click({ force: true, timeout: 1_000 }).catch(() => {})
      await expect(preview.getByRole('heading', { name: 'here' })).toBeVisible()
      expect(
        await preview
          .locator('article')
          .evaluate(
            (article) =>
              article.querySelectorAll(
                'script, style, iframe, form, input, object, embed, link, meta, base, [href], [src], [style], [onload]',
              ).length,
          ),
      ).toBe(0)
      await expectNothingCame()
    })

    test(`SVG beside the ones that try ${name} is a picture and no more`, async () => {
      const preview = await opened().show(`${name}.svg`)
      await expect
        .poll(() => preview.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth))
        .toBe(99)
      await preview.locator('img').click()
      await expectNothingCame()
    })
  }

  test('content is handed to nobody but the window’s own elements, as what it is', async () => {
    const { window } = opened().app
    const address = await ask(window, 'preview:add-page', { html: page('<script>1</script>') })
    const { policy, sniffing } = await window.evaluate(async (source) => {
      const response = await fetch(source)
      return {
        policy: response.headers.get('content-security-policy'),
        sniffing: response.headers.get('x-content-type-options'),
      }
    }, address)
    expect(policy).toContain("sandbox; default-src 'none'")
    expect(sniffing).toBe('nosniff')
  })
})
