import path from 'node:path'

/** What a document is checked against. */
export type Repository = {
  /** All files, by their paths from the root. */
  readonly files: readonly string[]
  /** The names of the scripts in package.json. */
  readonly scripts: readonly string[]
}

/** The files, folders, scripts and links that a document names and that are not there. `place` is its own path. */
export function documentFaults(place: string, text: string, { files, scripts }: Repository): readonly string[] {
  const marked = [...text.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name)
  const named = marked.filter((name) => /^[\w./-]+\.(tsx?|mjs|md|yml|yaml|svg|css|html)$/.test(name))
  const folders = marked.filter((name) => /^(src|tools|e2e|docs|build)(\/[\w-]+)*\/?$/.test(name))
  const links = [...text.matchAll(/\]\(([^)\s#]+)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
  const called = [...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = '']) => name)
  const isThere = (name: string) => files.some((file) => file === name || file.endsWith(`/${name}`))
  const isFolder = (name: string) => files.some((file) => file.startsWith(`${name.replace(/\/$/, '')}/`))
  return [
    ...named.filter((name) => !isThere(name)).map((name) => `${name} is no file`),
    ...folders.filter((name) => !isFolder(name)).map((name) => `${name} is no folder`),
    ...links
      .map((target) => path.posix.join(path.posix.dirname(place), target))
      .filter((target) => !files.includes(target) && !isFolder(target))
      .map((target) => `${target} is linked and not there`),
    ...called.filter((name) => !scripts.includes(name)).map((name) => `npm run ${name} is no script`),
  ]
}

/** The decisions that a document has no link to. */
export function unlinkedDecisions(text: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => file.startsWith('docs/adr/') && !text.includes(`(${file.slice('docs/'.length)})`))
}
