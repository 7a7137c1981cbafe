import type { Bandwidth } from '../pump/bandwidth.ts'

/** Holds files, which threads fetch, and archives, which are written here, to one limit together. */
export type LimitShare = {
  /** Bytes a second; null for no limit. */
  readonly setLimit: (limit: number | null) => void
  /** Tells which of the two have something under way. */
  readonly onChange: (underWay: { readonly files: boolean; readonly archives: boolean }) => void
}

/** Each has the whole limit while it is alone, and half of it beside the other. */
export function createLimitShare(
  files: { readonly setLimit: (limit: number | null) => void },
  archives: Pick<Bandwidth, 'setLimit'>,
): LimitShare {
  let limit: number | null = null
  let areBoth = false
  let told: number | null = null

  function share(): void {
    const each = limit !== null && areBoth ? limit / 2 : limit
    if (each === told) return
    told = each
    files.setLimit(each)
    archives.setLimit(each)
  }

  return {
    setLimit(next) {
      limit = next
      share()
    },
    onChange(underWay) {
      areBoth = underWay.files && underWay.archives
      share()
    },
  }
}
