import { maximumDragged } from '../../../shared/limits.ts'
import type { Staged } from '../../../shared/models/staging.ts'
import type { Slice } from './app-store.ts'

/** How far the copies of the open listing's files are, by node. */
export type StagedByNode = ReadonlyMap<number, Staged['status']>

export type StagingSlice = {
  readonly staged: StagedByNode
  readonly applyStaged: (changes: readonly Staged[]) => void
  readonly clearStaged: () => void
  /** Asks for copies ahead of a drag; `urgent` on a press, before all else. */
  readonly prefetch: (nodes: readonly number[], urgent: boolean) => void
  /** Hands the files to the system's drag if all are ready, and else says why not; null for files out of sight. */
  readonly drag: (nodes: readonly number[] | null) => void
  /** Takes in that a drag found these files not ready after all, and gets them ready again. */
  readonly refuseDrag: (listing: number, nodes: readonly number[]) => void
}

export const stagingSlice: Slice<StagingSlice> = (api) => (set, get) => ({
  staged: new Map(),
  applyStaged: (changes) => {
    const listing = get().listing?.listing
    const ours = changes.filter((change) => change.listing === listing)
    if (ours.length === 0) return
    const staged = new Map(get().staged)
    for (const { node, status } of ours) {
      if (status.state === 'dropped') staged.delete(node)
      else staged.set(node, status)
    }
    set({ staged })
  },
  clearStaged: () => set({ staged: new Map() }),
  prefetch: (nodes, urgent) => {
    const { listing } = get()
    if (!listing || nodes.length === 0 || nodes.length > maximumDragged) return
    void api.invoke('staging:prefetch', { listing: listing.listing, nodes: [...nodes], urgent })
  },
  drag: (nodes) => {
    const { listing, staged, tell } = get()
    if (!listing) return
    if (!nodes) return tell('Part of the selection is out of view. Copy or download it instead.', 'download-to')
    if (nodes.length === 0) return
    if (nodes.length > maximumDragged)
      return tell('There are too many files to drag at once. Download them instead.', 'download-to')
    const states = nodes.map((node) => staged.get(node)?.state)
    if (states.every((state) => state === 'ready'))
      return api.startDrag({ listing: listing.listing, nodes: [...nodes] })
    if (states.includes('too-large'))
      return tell(
        'Too large to prepare for dragging. Download it first: a downloaded file can be dragged.',
        'download-to',
      )
    const failed = nodes.map((node) => staged.get(node)).find((status) => status?.state === 'failed')
    if (failed?.state === 'failed') return get().report(failed.error)
    tell(preparing(nodes.length))
  },
  refuseDrag: (listing, nodes) => {
    if (get().listing?.listing !== listing) return
    const staged = new Map(get().staged)
    for (const node of nodes) if (staged.get(node)?.state === 'ready') staged.delete(node)
    set({ staged })
    get().prefetch(nodes, true)
    get().tell(preparing(nodes.length))
  },
})

function preparing(count: number): string {
  return count === 1
    ? 'Preparing the file. Drag it again when it is ready.'
    : 'Preparing the files. Drag them again when they are ready.'
}
