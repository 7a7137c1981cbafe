// Loads a built main process without Electron, and prints the milliseconds of CPU time that it took.
import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const entry = path.resolve(process.argv[2] ?? '')
const profile = mkdtempSync(path.join(tmpdir(), 'asteroid-files-budget-'))
const url = 'no-electron:modules'

/** Whatever is asked of it, it is itself; as a text it is a folder that nothing is written to. */
const nothing: unknown = new Proxy(() => nothing, {
  get: (_target, name) =>
    name === Symbol.toPrimitive ? () => path.join(tmpdir(), 'nothing') : name === 'then' ? undefined : nothing,
  apply: () => nothing,
  construct: () => nothing as object,
})
const electron = new Proxy({}, { get: () => nothing })
const app = new Proxy(
  {},
  {
    get: (_target, name) =>
      ({
        getPath: () => profile,
        requestSingleInstanceLock: () => true,
        isReady: () => false,
        // Never: what comes once Electron is ready is no part of loading.
        whenReady: () => new Promise(() => {}),
      })[String(name)] ?? nothing,
  },
)
const names = new Set(
  [...readFileSync(entry, 'utf8').matchAll(/^import \{([^}]*)\} from "electron"/gm)].flatMap(([, list]) =>
    (list ?? '').split(',').map((name) => name.trim()),
  ),
)
Reflect.set(globalThis, Symbol.for(url), Object.assign(Object.create(electron), { app }))
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
  load: (asked, context, next) =>
    asked === url
      ? {
          format: 'module',
          source: `const all = globalThis[Symbol.for('${url}')]\n${[...names].map((name) => `export const ${name} = all.${name}`).join('\n')}`,
          shortCircuit: true,
        }
      : next(asked, context),
})

Object.assign(process, { type: 'browser', getCreationTime: () => performance.timeOrigin })
const before = process.cpuUsage()
await import(pathToFileURL(entry).href)
const { user, system } = process.cpuUsage(before)
writeSync(1, String((user + system) / 1_000))
rmSync(profile, { recursive: true, force: true })
process.exit(0)
