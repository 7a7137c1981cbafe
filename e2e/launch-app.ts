import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { _electron, chromium, type Page } from '@playwright/test'
import type { FromHost, ToHost } from './electron-host/control.ts'

type Electron = typeof import('electron')

export const projectFolder = path.resolve(import.meta.dirname, '..')

/** The app as a test drives it, whichever runtime it is on. */
export type LaunchedApp = {
  /** `electron` is the real one; `host` runs the same build on Node and Chromium. */
  readonly runtime: 'electron' | 'host'
  readonly window: Page
  /** Runs a function in the main process with Electron's modules. It may use nothing from outside itself. */
  readonly evaluate: <Result, Argument = undefined>(
    fn: (electron: Electron, argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ) => Promise<Result>
  /** What was asked of the host that it does not have; always empty on Electron. */
  readonly missing: () => readonly string[]
  /** What the main process printed so far. */
  readonly output: () => string
  /** Ends the process at once, as a crash or a power cut would. */
  readonly kill: () => Promise<void>
  /** Settles with the exit code when the process has ended. */
  readonly ended: Promise<number | null>
}

export type LaunchOptions = {
  /** The app's profile folder. */
  readonly profile: string
  /** The folder of the built app; the project's own when not given. */
  readonly folder?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** The path of Electron's own binary, or null where it was not downloaded. */
export function electronBinary(): string | null {
  const package_ = path.join(projectFolder, 'node_modules', 'electron')
  const pathFile = path.join(package_, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : 'electron'
  const binary = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(package_, 'dist'), name)
  return existsSync(binary) ? binary : null
}

/** Starts the built app on Electron where its binary is, and on the host elsewhere. */
export function launchApp(options: LaunchOptions): Promise<LaunchedApp> {
  const binary = electronBinary()
  return binary === null ? launchOnHost(options) : launchOnElectron(binary, options)
}

async function launchOnElectron(executablePath: string, options: LaunchOptions): Promise<LaunchedApp> {
  const app = await _electron.launch({
    executablePath,
    // Playwright turns the sandbox off on Linux where it is not asked for. Chromium itself has none for root.
    chromiumSandbox: process.getuid?.() !== 0,
    cwd: options.folder ?? projectFolder,
    args: ['.', `--user-data-dir=${options.profile}`, ...(options.args ?? [])],
    env: environment(options),
  })
  const child = app.process()
  const output = collectOutput(child)
  return {
    runtime: 'electron',
    window: await app.firstWindow(),
    evaluate: (fn, argument) => app.evaluate(fn as never, argument as never),
    missing: () => [],
    output,
    ...life(child),
  }
}

async function launchOnHost(options: LaunchOptions): Promise<LaunchedApp> {
  const run = path.join(import.meta.dirname, 'electron-host', 'run.ts')
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      run,
      options.folder ?? projectFolder,
      `--user-data-dir=${options.profile}`,
      ...(options.args ?? []),
    ],
    { cwd: projectFolder, env: environment(options), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  )
  const output = collectOutput(child)
  const { ended, kill } = life(child)
  const missing: string[] = []
  const answers = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let last = 0

  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message: FromHost) => {
      if (message.kind === 'started') return resolve(message.debuggingPort)
      if (message.kind === 'missing') return void missing.push(message.what)
      const answer = answers.get(message.id)
      answers.delete(message.id)
      if (message.kind === 'result') answer?.resolve(message.value)
      else answer?.reject(new Error(message.message))
    })
    void ended.then((code) => {
      const error = new Error(`The app ended with ${code}.\n${output()}`)
      reject(error)
      for (const answer of answers.values()) answer.reject(error)
    })
  })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  return {
    runtime: 'host',
    window: await firstWindow(browser.contexts()[0]?.pages() ?? [], async () => {
      const context = browser.contexts()[0]
      return context ? context.waitForEvent('page') : Promise.reject(new Error('Chromium has no context.'))
    }),
    evaluate: <Result>(fn: unknown, argument?: unknown) =>
      new Promise<Result>((resolve, reject) => {
        last += 1
        answers.set(last, { resolve: resolve as (value: unknown) => void, reject })
        child.send({ id: last, fn: String(fn), arg: argument } satisfies ToHost)
      }),
    missing: () => missing,
    output,
    ended,
    kill,
  }
}

/** The app's page: the one that has been sent to it, or else the next to open. */
async function firstWindow(pages: readonly Page[], next: () => Promise<Page>): Promise<Page> {
  const page = pages[0] ?? (await next())
  await page.waitForURL((url) => url.href !== 'about:blank')
  return page
}

function environment(options: LaunchOptions): Record<string, string> {
  // Some editors' terminals say that Electron is to be Node.
  const { ASTEROID_API_KEY: _key, ASTEROID_BASE_URL: _base, ELECTRON_RUN_AS_NODE: _node, ...inherited } = process.env
  const known = Object.entries(inherited).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(known), ...options.env }
}

function collectOutput(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (text += data))
  return () => text
}

function life(child: ChildProcess): Pick<LaunchedApp, 'ended' | 'kill'> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    ended,
    async kill() {
      // On Windows, Playwright starts Electron from a shell, which would end alone.
      if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'])
      else child.kill('SIGKILL')
      await ended
    },
  }
}
