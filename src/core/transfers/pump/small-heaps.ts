import { setFlagsFromString } from 'node:v8'

/**
 * V8 lets young objects have ever more room the more of them live on for a while, up to 128 MiB a thread, and lets old
 * rubbish lie until it is several times what is in use. Each of a hundred thousand files lives on for a while.
 */
const small = [
  '--semi-space-growth-factor=1',
  '--heap-growing-percent=50',
  // Only a heap that begins meanwhile, as that of a thread which fetches, reads this: it would stay at its first 1 MiB.
  '--min-semi-space-size=4',
]
const usual = ['--semi-space-growth-factor=2', '--heap-growing-percent=0', '--min-semi-space-size=0']

let holders = 0

/**
 * Keeps all heaps of this process from growing further than what is in use asks for, until what it answers is called. V8
 * reads the first two flags anew at each collection, so they hold at once, and cost nothing but that.
 */
export function keepHeapsSmall(): () => void {
  holders += 1
  if (holders === 1) setFlags(small)
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    holders -= 1
    if (holders === 0) setFlags(usual)
  }
}

function setFlags(flags: readonly string[]): void {
  for (const flag of flags) setFlagsFromString(flag)
}
