import { createRequire } from 'node:module'
import path from 'node:path'

/** The main categories of https://specifications.freedesktop.org/menu-spec/latest/category-registry.html */
const categories = new Set(
  'AudioVideo Audio Video Development Education Game Graphics Network Office Science Settings System Utility'.split(
    ' ',
  ),
)
/** The keys of an application, by what their values are. */
const keys: Readonly<Record<string, RegExp>> = {
  Type: /^Application$/,
  Name: /^\S.*\S$/,
  GenericName: /^\S.*\S$/,
  Comment: /^\S.*\S$/,
  Icon: /^[\w.-]+$/,
  // A path with a space is in quotes; what follows are codes for files and addresses that the app is to open.
  Exec: /^("\/[^"\\`$]+"|\/[^\s"'\\`$]+)( %[fFuU])?$/,
  Terminal: /^(true|false)$/,
  StartupNotify: /^(true|false)$/,
  StartupWMClass: /^\S+$/,
  Categories: /^(\w+;)+$/,
  Keywords: /^([^;]+;)+$/,
  MimeType: /^([\w.+-]+\/[\w.+-]+;)+$/,
}
const needed = ['Type', 'Name', 'Exec', 'Icon', 'Categories']
const tagsOfMetainfo = (
  'component id metadata_license project_license name summary description p ul li developer launchable categories ' +
  'category content_rating provides binary url'
).split(' ')

/** The text and name of the menu entry that electron-builder writes into packages for Linux. */
export async function desktopEntry(root: string): Promise<{ readonly name: string; readonly text: string }> {
  // No export of electron-builder's: its packages alone have the entry in them, and they need tools that it downloads.
  const load = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
  const { Packager } = load('app-builder-lib')
  const { LinuxPackager } = load('app-builder-lib/out/linuxPackager.js')
  const { LinuxTargetHelper } = load('app-builder-lib/out/targets/LinuxTargetHelper.js')
  const packager = new Packager({ projectDir: root, config: path.join(root, 'electron-builder.yml') })
  await packager.validateConfig()
  const linux = new LinuxPackager(packager)
  const helper = new LinuxTargetHelper(linux)
  const text = await helper.computeDesktopEntry(linux.platformSpecificBuildOptions)
  return { name: `${helper.getDesktopFileName()}.desktop`, text }
}

/** What a desktop would stumble over in a menu entry: https://specifications.freedesktop.org/desktop-entry-spec */
export function desktopEntryFaults(text: string): readonly string[] {
  const [head, ...lines] = text.trimEnd().split('\n')
  const entries = lines.map((line): readonly [string, string] => {
    const at = line.indexOf('=')
    return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
  })
  const names = entries.map(([key]) => key)
  const listed =
    Object.fromEntries(entries)
      .Categories?.split(';')
      .filter((each) => each !== '') ?? []
  return [
    ...(head === '[Desktop Entry]' ? [] : [`it begins with ${head}`]),
    ...needed.filter((key) => !names.includes(key)).map((key) => `${key} is missing`),
    ...names.filter((key, index) => names.indexOf(key) !== index).map((key) => `${key} is there twice`),
    ...entries
      .filter(([key, value]) => !(keys[key]?.test(value) ?? key.startsWith('X-')))
      .map(([key, value]) => (key in keys ? `${key} can’t be “${value}”` : `${key} is no key`)),
    ...listed.filter((each) => !categories.has(each)).map((each) => `${each} is no main category`),
  ]
}

/** What a software centre would stumble over in a metainfo file: https://freedesktop.org/software/appstream/docs */
export function metainfoFaults(text: string, desktopFile: string): readonly string[] {
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  const textOf = (tag: string) => new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`).exec(body)?.[1]?.trim() ?? ''
  const tags = [...body.matchAll(/<\/?([\w:-]+)/g)].map((match) => match[1] ?? '')
  return [
    ...(body === text ? ['it does not begin as XML in UTF-8'] : []),
    ...(isBalanced(body) ? [] : ['its tags do not match']),
    ...(/^<component type="desktop-application">/.test(body) ? [] : ['it is not about an application']),
    ...[...new Set(tags)].filter((tag) => !tagsOfMetainfo.includes(tag)).map((tag) => `${tag} is no known tag`),
    ...(/^[a-z]\w*(\.[a-z]\w*){2,}$/.test(textOf('id')) ? [] : ['its id is not a reversed name of a domain']),
    ...(textOf('launchable') === desktopFile ? [] : [`it starts ${textOf('launchable')}, not ${desktopFile}`]),
    ...['metadata_license', 'project_license', 'name', 'summary', 'p']
      .filter((tag) => textOf(tag) === '')
      .map((tag) => `${tag} is missing`),
    ...(textOf('summary').endsWith('.') ? ['its summary ends with a full stop'] : []),
    ...(/<content_rating type="oars-1\.\d"\/>/.test(body) ? [] : ['it has no rating']),
  ]
}

/** Whether each tag that is opened is closed, the last opened first. */
function isBalanced(body: string): boolean {
  const open: string[] = []
  for (const [, slash, name = '', , self] of body.matchAll(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (slash === '/') {
      if (open.pop() !== name) return false
    } else if (self !== '/') open.push(name)
  }
  const strayMarks = body.replaceAll(/<\/?[\w:-]+(?:\s+[\w:-]+="[^"<]*")*\s*\/?>/g, '').match(/[<>]|&(?!\w+;)/)
  return open.length === 0 && strayMarks === null
}
