import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'
import type { ModuleList } from '../checks/preview-share.ts'

/** Writes which module lies in which script, and what it imports, into a file that `npm run budgets` reads. */
export function listModules(root: string, file: string): Plugin {
  const nameOf = (id: string) => path.relative(root, id).replaceAll(path.sep, '/')
  return {
    name: 'list-modules',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const places = new Map(
        chunks.flatMap(({ fileName, modules }) =>
          Object.entries(modules).map(([id, { renderedLength }]) => [id, { script: fileName, length: renderedLength }]),
        ),
      )
      // Modules that only pass on what others hold lie in no script, but are on the way to those.
      const modules = [...this.getModuleIds()].map((id) => {
        const info = this.getModuleInfo(id)
        const imports = [...(info?.importedIds ?? []), ...(info?.dynamicallyImportedIds ?? [])].map(nameOf)
        return [nameOf(id), { script: null, length: 0, ...places.get(id), imports }] as const
      })
      const entries = chunks.flatMap(({ isEntry, facadeModuleId }) => (isEntry ? (facadeModuleId ?? []) : []))
      const list: ModuleList = { entries: entries.map(nameOf), modules: Object.fromEntries(modules) }
      writeFileSync(path.join(root, file), JSON.stringify(list))
    },
  }
}
