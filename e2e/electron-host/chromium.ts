import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'

/** Where installed Chromiums are found. The first that exists is taken; `CHROMIUM_PATH` goes before all. */
const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

function findChromium(): string | null {
  return places.find((place) => place !== undefined && existsSync(place)) ?? null
}

export type Browser = { readonly context: BrowserContext; readonly debuggingPort: number; readonly close: () => void }

/**
 * Starts Chromium with a profile of its own, headless unless a person is to look at it: then in a window without tabs
 * and address, which opens on `emptyPage`.
 *
 * Playwright holds it by a pipe, so it ends with this process however that ends. The port besides is for tests.
 */
export async function startChromium(options: {
  readonly headless: boolean
  readonly emptyPage: string
  readonly switches: ReadonlyMap<string, string | null>
}): Promise<Browser> {
  const { headless, emptyPage, switches } = options
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.')
  const profile = mkdtempSync(path.join(tmpdir(), 'electron-host-'))
  process.on('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless,
    viewport: null,
    acceptDownloads: false,
    chromiumSandbox: process.getuid?.() !== 0,
    // Chromium is ended by this process's own exit; a signal is the app's to handle.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--remote-debugging-port=0',
      '--no-first-run',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-features=IsolateSandboxedIframes,MediaRouter,OptimizationHints',
      ...hostRules(switches.get('host-resolver-rules') ?? null, headless),
      ...(headless ? [] : [`--app=${emptyPage}`, '--test-type', '--window-size=1200,760']),
    ],
  })
  const [port] = readFileSync(path.join(profile, 'DevToolsActivePort'), 'utf8').split('\n')
  return { context, debuggingPort: Number(port), close: () => void context.close().catch(() => {}) }
}

/** The app's own rules for names, without which its scheme could not be served from here. */
function hostRules(rules: string | null, headless: boolean): readonly string[] {
  if (rules === null) return []
  const own = ['*.app.localhost', ...(headless ? [] : ['127.0.0.1'])]
  return [`--host-resolver-rules=${[rules, ...own.map((name) => `EXCLUDE ${name}`)].join(', ')}`]
}
