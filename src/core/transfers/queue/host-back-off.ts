import type { WaitReason } from '../../../shared/models/transfer.ts'

export type Rest = { readonly until: number; readonly reason: WaitReason; readonly message: string }

/** Which hosts want to be left alone, known to all transfers: one answer of 429 holds back every file of that host. */
export type HostBackOff = {
  /** Leaves the host of a URL alone until then; a longer rest that was asked for before stays. */
  readonly rest: (url: string, rest: Rest) => void
  readonly restOf: (url: string, now: number) => Rest | null
  readonly clear: () => void
}

/** Starts with every host at ease. */
export function createHostBackOff(): HostBackOff {
  const rests = new Map<string, Rest>()

  return {
    rest(url, rest) {
      const before = rests.get(hostOf(url))
      if (!before || before.until < rest.until) rests.set(hostOf(url), rest)
    },
    restOf(url, now) {
      if (rests.size === 0) return null
      const rest = rests.get(hostOf(url))
      if (!rest) return null
      if (rest.until > now) return rest
      rests.delete(hostOf(url))
      return null
    },
    clear: () => rests.clear(),
  }
}

/** A relative URL is the API's: they all share the empty name. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : ''
}
