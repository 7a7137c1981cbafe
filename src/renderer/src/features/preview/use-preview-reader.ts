import { useMemo } from 'react'
import type { Api } from '../../../../shared/contract.ts'
import { hasEnded } from '../../../../shared/ended.ts'
import { useApp } from '../../store/store-context.tsx'
import { createPreviewReader, type PreviewReader } from './preview-reader.ts'

/** The reader of one file, the same for as long as it is that file. */
export function usePreviewReader(api: Api, listing: number, node: number): PreviewReader {
  return useMemo(() => createPreviewReader(api, listing, node), [api, listing, node])
}

/** Tells whether the open run goes on, so that its files may grow. */
export function useIsGrowing(): boolean {
  return useApp(({ listing }) => listing?.following === true && !hasEnded(listing.info?.status ?? null))
}
