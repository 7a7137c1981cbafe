import path from 'node:path'

/** A source file: its path from the repository's root, with `/`, and its text. */
export type Source = { readonly file: string; readonly text: string }
type Import = { readonly from: string; readonly typeOnly: boolean }

/** Which layers each may import; packages are held by lint, which knows their names. */
const layers: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  core: ['shared'],
  main: ['core', 'shared'],
  cli: ['core', 'shared'],
  preload: ['shared'],
  renderer: ['shared'],
}

/** Names with power; each stands in one file, of those that `where` lets through. */
const onePlace: readonly { readonly what: string; readonly pattern: RegExp; readonly where: RegExp }[] = [
  { what: 'ipcMain', pattern: /\bipcMain\b/, where: /^src\/main\/ipc\.ts$/ },
  { what: 'webContents.send', pattern: /\bwebContents\??\.send\(/, where: /^src\/main\/ipc\.ts$/ },
  { what: 'ipcRenderer', pattern: /\bipcRenderer\b/, where: /^src\/preload\/index\.ts$/ },
  { what: 'window.api', pattern: /\b(window|globalThis)\.api\b/, where: /^src\/renderer\/src\/bridge\.ts$/ },
  { what: 'shell.openExternal', pattern: /\bopenExternal\(/, where: /^src\/main\// },
]

/** Every import that a layer may not have, and every name outside its one place. Tests are left out. */
export function layerFaults(sources: readonly Source[]): readonly string[] {
  const product = sources.filter(({ file }) => !/\.test\.tsx?$/.test(file))
  return [
    ...product.flatMap((source) => importsOf(source.text).flatMap((each) => importFaults(source.file, each))),
    ...onePlace.flatMap((rule) => placeFaults(product, rule)),
    ...keychainFaults(product),
  ]
}

function importFaults(file: string, { from, typeOnly }: Import): readonly string[] {
  const layer = layerOf(file)
  if (!from.startsWith('.')) {
    const mayRun = layer !== 'preload' || typeOnly || from === 'electron'
    return mayRun ? [] : [`${file} loads ${from}: the preload has nothing but electron at run time`]
  }
  const target = path.posix.join(path.posix.dirname(file), from)
  // The app's own icon is one picture for packages and window alike.
  if (layer === 'renderer' && target === 'build/icon.svg?no-inline') return []
  const targetLayer = layerOf(target)
  if (targetLayer === null) return [`${file} imports ${target}, which is not part of the app`]
  if (layer === null) return []
  if (layer !== targetLayer) {
    if (!layers[layer]?.includes(targetLayer))
      return [`${file} imports ${target}: ${layer} may not know ${targetLayer}`]
    return layer === 'preload' && !typeOnly ? [`${file} loads ${target}: the preload takes types only`] : []
  }
  return windowFaults(file, target)
}

/** Within the window: dumb parts know neither store nor bridge, and features do not know each other. */
function windowFaults(file: string, target: string): readonly string[] {
  const inWindow = (name: string) => name.replace(/^src\/renderer\/src\//, '')
  const [from, to] = [inWindow(file), inWindow(target)]
  if (from === file) return []
  if (from.startsWith('ui/') && /^(store|features)\/|^bridge\.ts$|^app\.tsx$/.test(to))
    return [`${file} imports ${target}: what is in ui knows neither store, bridge nor features`]
  const [fromFeature, toFeature] = [featureOf(from), featureOf(to)]
  if (fromFeature !== null && toFeature !== null && fromFeature !== toFeature)
    return [`${file} imports ${target}: features do not import each other`]
  return []
}

function placeFaults(
  sources: readonly Source[],
  { what, pattern, where }: (typeof onePlace)[number],
): readonly string[] {
  const users = sources.filter(({ text }) => pattern.test(withoutComments(text))).map(({ file }) => file)
  const elsewhere = users.filter((file) => !where.test(file))
  const told = elsewhere.length > 0 || users.length < 2 ? elsewhere : users.slice(1)
  return told.map((file) => `${file} uses ${what}, which has one place`)
}

function keychainFaults(sources: readonly Source[]): readonly string[] {
  const users = sources.filter(({ text }) =>
    importsOf(text).some(({ from, typeOnly }) => from === 'keytar' && !typeOnly),
  )
  return users.length > 1
    ? [`keytar is loaded in ${users.map(({ file }) => file).join(' and ')}; it has one place`]
    : []
}

/** Static and dynamic imports, and re-exports. */
export function importsOf(text: string): readonly Import[] {
  const bare = withoutComments(text)
  const found = [
    ...bare.matchAll(/\b(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?'([^'\n]+)'/g),
    ...bare.matchAll(/\b(import|require)(\s*)\(\s*'([^'\n]+)'\s*\)/g),
  ]
  return found.map((match) => ({ from: match[3] ?? '', typeOnly: (match[2] ?? '').trim() === 'type' }))
}

function layerOf(file: string): string | null {
  const [source, layer] = file.split('/')
  return source === 'src' && layer !== undefined && layer in layers ? layer : null
}

function featureOf(fileInWindow: string): string | null {
  const [folder, name, rest] = fileInWindow.split('/')
  return folder === 'features' && rest !== undefined ? (name ?? null) : null
}

/** The text without its comments, which may speak of what code may not use. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '')
}
