import { networkInterfaces } from 'node:os'

export type NetworkWatch = {
  /** Looks for as long as something is out of reach. */
  readonly watch: (isWanted: boolean) => void
}

const lookEveryMilliseconds = 1_000

/**
 * Tells when the computer has got other addresses, which may be a way to what was out of reach: a cable, a wireless network,
 * a VPN. No system tells Node of that, and what Chromium tells of being online knows nothing of a VPN.
 */
export function createNetworkWatch(addresses: () => string, onChange: () => void): NetworkWatch {
  let before = ''
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    const now = addresses()
    const hasChanged = now !== before
    before = now
    if (hasChanged && now !== '') onChange()
  }

  return {
    watch(isWanted) {
      if (!isWanted) {
        clearInterval(timer)
        timer = undefined
      } else if (!timer) {
        before = addresses()
        timer = setInterval(look, lookEveryMilliseconds).unref()
      }
    },
  }
}

/** The computer's addresses in its networks; empty where it has none, or the system does not tell. */
export function ownAddresses(): string {
  try {
    const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
    const outer = all.filter(({ internal }) => !internal).map(({ address }) => address)
    return outer.sort().join(' ')
  } catch {
    return ''
  }
}
