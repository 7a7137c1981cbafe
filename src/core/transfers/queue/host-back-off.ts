import type { WaitReason } from '../../../shared/models/transfer.ts'

export type Rest = { readonly until: number; readonly reason: WaitReason; readonly message: string }

/** Which hosts want to be left alone, known to all transfers: one answer of 429 holds back every file of that host. */
export type HostBackOff = {
  /** Leaves the host of a URL alone until then; a longer rest that was asked for before stays. */
  readonly rest: (url: string, rest: Rest) => void
  readonly restOf: (url: string, now: number) => Rest | null
  /**
   * The host turned a request away; answers how many times in a row, since it last sent anything. Requests that went out
   * together and are turned away together count once.
   */
  readonly onRefused: (url: string, now: number) => number
  /** The host sent something that was asked for. */
  readonly onServed: (url: string) => void
  /** Every rest is over, or every one for that reason. */
  readonly clear: (reason?: WaitReason) => void
  /** When that was last, in milliseconds since 1970. */
  readonly clearedAt: () => number
}

/** Starts with every host at ease. */
export function createHostBackOff(): HostBackOff {
  const rests = new Map<string, Rest>()
  const refused = new Map<string, number>()
  let clearedAt = 0

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
    onRefused(url, now) {
      const before = refused.get(hostOf(url)) ?? 0
      const rest = rests.get(hostOf(url))
      if (before > 0 && rest && rest.until > now) return before
      refused.set(hostOf(url), before + 1)
      return before + 1
    },
    onServed(url) {
      if (refused.size > 0) refused.delete(hostOf(url))
    },
    clear(reason) {
      clearedAt = Date.now()
      for (const [host, rest] of rests) if (reason === undefined || rest.reason === reason) rests.delete(host)
      if (reason === undefined) refused.clear()
    },
    clearedAt: () => clearedAt,
  }
}

/** A relative URL is the API's: they all share the empty name. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : ''
}
