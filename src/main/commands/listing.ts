import { clipboard } from 'electron'
import { Failure } from '../../core/failure.ts'
import type { OpenListing } from '../../core/listing/open-listing.ts'
import type { Selecting } from '../../core/listing/rows/selection.ts'
import type { ParsedInput } from '../../shared/contract.ts'
import type { ExecutionKey } from '../../shared/models/execution.ts'
import type { Nodes } from '../../shared/models/listing.ts'
import type { Connections } from '../connections.ts'
import type { Listings } from '../listings.ts'
import type { Recents } from '../recents.ts'
import type { HandlersOf } from './handlers-of.ts'

export type ListingParts = {
  readonly listings: Listings
  readonly recents: Recents
  readonly sampleRuns: Connections['sampleRuns']
  /** Hears that rows of a listing are about to be on screen. */
  readonly onRows: () => void
}

/** More text than this helps nobody on a clipboard. */
const maximumCopiedPaths = 100_000

export function listingCommands(parts: ListingParts): HandlersOf<'listing'> {
  const { listings, recents, onRows } = parts
  const { get } = listings

  /** The sample's runs have names of their own; those of the API get theirs with what it tells of them. */
  async function sampleLabel({ executionId, source }: ExecutionKey): Promise<string | undefined> {
    if (source === 'account') return undefined
    return (await parts.sampleRuns()).find((run) => run.executionId === executionId)?.label
  }

  return {
    'listing:open': async (execution) => {
      const view = await listings.open(execution)
      const label = await sampleLabel(execution)
      recents.expect({ ...execution, openedAt: Date.now(), ...(label && { label }) })
      // It may be known from this computer, or have come meanwhile.
      recents.learn(get(view.listing).view())
      return view
    },
    'listing:close': ({ listing }) => listings.close(listing),
    'listing:refresh': ({ listing }) => get(listing).refresh(),
    'listing:cancel-loading': ({ listing }) => get(listing).cancelLoading(),
    'listing:follow': ({ listing, follow }) => get(listing).follow(follow),
    'listing:rows': async ({ listing, from, to }) => {
      const { revision, rows } = await get(listing).rows(from, to)
      onRows()
      return { revision, from, rows: [...rows] }
    },
    'listing:set-open': ({ listing, node, open, allBelow }) => get(listing).setOpen(node, open, allBelow ?? false),
    'listing:set-all-open': ({ listing, open }) => get(listing).setAllOpen(open),
    'listing:sort': ({ listing, sort }) => get(listing).sort(sort),
    'listing:filter': ({ listing, filter }) => get(listing).filter(filter),
    'listing:select': (input) => get(input.listing).select(selecting(input)),
    'listing:locate': ({ listing, node, reveal }) => get(listing).locate(node, reveal),
    'listing:type-ahead': ({ listing, from, text }) => get(listing).typeAhead(from, text),
    'listing:note-place': ({ listing, place }) => get(listing).notePlace(place),
    'listing:details': ({ listing, node }) => get(listing).details(node),
    'listing:selection-summary': ({ listing }) => get(listing).selectionSummary(),
    'listing:copy-paths': ({ listing, files }) => copyPaths(get(listing), files),
  }
}

function selecting({ how, node }: ParsedInput<'listing:select'>): Selecting {
  if (how === 'all' || how === 'none') return { how }
  if (node === undefined) throw new Failure({ kind: 'invalid-input', message: 'Say which row to select.' })
  return { how, node }
}

async function copyPaths(listing: OpenListing, files: Nodes): Promise<number> {
  const paths: string[] = []
  for await (const some of listing.paths(files)) {
    paths.push(...some)
    if (paths.length > maximumCopiedPaths) throw tooManyPaths()
  }
  await clipboard.writeText(paths.join('\n'))
  return paths.length
}

function tooManyPaths(): Failure {
  const most = maximumCopiedPaths.toLocaleString('en')
  return new Failure({
    kind: 'too-large',
    message: `That is more than ${most} paths. Nothing was copied: choose fewer.`,
  })
}
