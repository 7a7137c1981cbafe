import type { BrowserContext, Request as PageRequest } from 'playwright-core'
import { fromChromium } from './app-server.ts'
import { contentsOfPage, type HostWebContents } from './modules/web-contents.ts'
import { hostState } from './state.ts'

/** Leads every request of the browser to the contents it belongs to, and closes what pages open by themselves. */
export async function routeRequests(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request()
    const owner = contentsOf(request)
    if (owner) return owner.decide(route)
    const opener = await openerOf(request)
    opener?.askToOpen(fromChromium(request.url()))
    return route.abort('aborted')
  })
  context.on('page', async (page) => {
    const opener = await page.opener()
    if (opener) await page.close()
  })
}

/** The contents whose page makes a request; null for a pop-up, whose first request may not even have a frame yet. */
function contentsOf(request: PageRequest): HostWebContents | null {
  try {
    return contentsOfPage(request.frame().page())
  } catch {
    return null
  }
}

async function openerOf(request: PageRequest): Promise<HostWebContents | null> {
  const [first] = [...hostState().windows]
  try {
    const opener = await request.frame().page().opener()
    return opener && contentsOfPage(opener)
  } catch {
    return first?.contents ?? null
  }
}
