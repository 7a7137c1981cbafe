/** Bytes, gzipped, that previews may add to the JavaScript that runs before the window first shows something. */
export const previewBudget = 30 * 1024

/** The modules of a built window: the script that each lies in, if any, its length there, and all that it imports. */
export type ModuleList = {
  readonly entries: readonly string[]
  readonly modules: Readonly<
    Record<string, { readonly script: string | null; readonly length: number; readonly imports: readonly string[] }>
  >
}

/**
 * How much of the first scripts is there because of previews: their own modules, and all that only they need. A module's
 * part of its script's gzipped size is taken as large as its part of the script's text.
 */
export function previewShare(
  { entries, modules }: ModuleList,
  firstScripts: readonly { readonly file: string; readonly size: number }[],
): number {
  const others = reachable(entries, modules)
  return firstScripts.reduce((total, { file, size }) => {
    const own = Object.entries(modules).filter(([, { script }]) => script === file)
    const whole = lengthOf(own)
    const ofPreviews = lengthOf(own.filter(([name]) => !others.has(name)))
    return whole === 0 ? total : total + (size * ofPreviews) / whole
  }, 0)
}

/** All that would be in the window without previews. */
function reachable(entries: ModuleList['entries'], modules: ModuleList['modules']): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [...entries]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name) || name.includes('/features/preview/')) continue
    found.add(name)
    open.push(...(modules[name]?.imports ?? []))
  }
  return found
}

function lengthOf(modules: readonly (readonly [string, { readonly length: number }])[]): number {
  return modules.reduce((sum, [, { length }]) => sum + length, 0)
}
