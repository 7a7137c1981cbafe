import type { LocalCopy } from '../../../shared/models/transfer.ts'
import type { Slice } from './app-store.ts'

/** What a file's first bytes say that it is. */
export type FoundType = { readonly mime: string | null; readonly description: string }

/** Names a file of the open listing. */
type Address = { readonly listing: number; readonly node: number }

export type FileFactsSlice = {
  /** What the file that was last looked at was found to be. */
  readonly foundType: (Address & FoundType) | null
  /** The copy on this computer of the file whose details are on show. */
  readonly localCopy: (Address & { readonly copy: LocalCopy | null }) | null
  readonly tellFoundType: (file: Address, found: FoundType) => void
  readonly findLocalCopy: (node: number) => Promise<void>
  readonly revealLocalCopy: (node: number) => Promise<void>
}

export const fileFactsSlice: Slice<FileFactsSlice> = (api) => (set, get) => ({
  foundType: null,
  localCopy: null,
  tellFoundType: (file, found) => set({ foundType: { ...file, ...found } }),
  findLocalCopy: async (node) => {
    const listing = get().listing?.listing
    if (listing === undefined) return
    const answer = await api.invoke('transfers:find-copy', { listing, node })
    const { shown } = get()
    // Another file may be on show by now.
    if (answer.ok && shown.what === 'node' && shown.details.node === node && get().listing?.listing === listing)
      set({ localCopy: { listing, node, copy: answer.value } })
  },
  revealLocalCopy: async (node) => {
    const listing = get().listing?.listing
    if (listing === undefined) return
    const answer = await api.invoke('transfers:reveal-copy', { listing, node })
    if (!answer.ok) get().report(answer.error)
  },
})
