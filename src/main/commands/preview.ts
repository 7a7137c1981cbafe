import type { Previews } from '../../core/preview/previews.ts'
import type { HandlersOf } from './handlers-of.ts'

export type PreviewParts = { readonly previews: () => Promise<Previews> }

export function previewCommands({ previews }: PreviewParts): HandlersOf<'preview'> {
  return {
    'preview:open': async (address) => (await previews()).open(address),
    'preview:read': async ({ from, length, ...address }) => (await previews()).read(address, from, length),
    'preview:add-page': async ({ html }) => (await previews()).addPage(html),
    'preview:picture': async ({ reference, ...address }) => (await previews()).picture(address, reference),
  }
}
