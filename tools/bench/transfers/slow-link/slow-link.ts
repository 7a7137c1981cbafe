import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

// A process of its own that leads every connection to a port of this computer over a link that is far away, for kernels
// that can't be told to delay: node slow-link.ts PORT. It prints the port that it listens on.
// What it imitates: the time on the way, one rate for all connections together, and TCP's slow start for each of them.
// What it does not: packets that get lost.
const port = Number(process.argv[2])
const oneWayMilliseconds = 25
const bytesPerMillisecond = 25_000
const chunkBytes = 16 * 1024
const firstWindow = 10 * 1_460
const largestWindow = 4 * 1024 * 1024

/** Calls back in the order given, each after its time; times never decrease. */
function createLine(): (at: number, action: () => void) => void {
  const waiting: { readonly at: number; readonly action: () => void }[] = []
  let first = 0
  let isWaiting = false

  function run(): void {
    const now = performance.now()
    while (first < waiting.length && (waiting[first]?.at ?? 0) <= now + 0.5) {
      waiting[first]?.action()
      first += 1
    }
    if (first > 1_000) {
      waiting.splice(0, first)
      first = 0
    }
    const next = waiting[first]
    isWaiting = next !== undefined
    if (next) setTimeout(run, Math.max(1, next.at - now))
  }
  return (at, action) => {
    waiting.push({ at, action })
    if (!isWaiting) setTimeout(run, Math.max(1, at - performance.now()))
    isWaiting = true
  }
}

const down = createLine()
const acknowledgements = createLine()
let freeAt = 0

/** When the last of so many bytes has left for the other end. */
function sent(bytes: number): number {
  freeAt = Math.max(freeAt, performance.now()) + bytes / bytesPerMillisecond
  return freeAt
}

function lead(near: Socket): void {
  const far = connect(port, '127.0.0.1')
  const up = createLine()
  // A connection takes a round trip before anything can be asked.
  const openAt = performance.now() + 2 * oneWayMilliseconds
  let window = firstWindow
  let inFlight = 0
  let waiting: Buffer = Buffer.alloc(0)
  let ended = false

  function send(): void {
    while (waiting.length > 0 && inFlight < window) {
      const chunk = waiting.subarray(0, Math.min(chunkBytes, window - inFlight))
      waiting = waiting.subarray(chunk.length)
      inFlight += chunk.length
      const arrives = sent(chunk.length) + oneWayMilliseconds
      down(arrives, () => near.write(chunk))
      acknowledgements(arrives + oneWayMilliseconds, () => {
        inFlight -= chunk.length
        window = Math.min(largestWindow, window + chunk.length)
        send()
      })
    }
    if (waiting.length < chunkBytes) far.resume()
    if (ended && waiting.length === 0) down(Math.max(freeAt, performance.now()) + oneWayMilliseconds, () => near.end())
  }

  far.on('data', (bytes) => {
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes])
    if (waiting.length >= chunkBytes) far.pause()
    send()
  })
  far.on('end', () => {
    ended = true
    send()
  })
  near.on('data', (bytes) => {
    const leaves = Math.max(performance.now(), openAt)
    up(leaves + oneWayMilliseconds, () => far.write(bytes))
  })
  near.on('end', () => up(performance.now() + 2 * oneWayMilliseconds, () => far.end()))
  near.on('error', () => far.destroy())
  far.on('error', () => near.destroy())
  near.on('close', () => far.destroy())
}

const server = createServer({ noDelay: true, allowHalfOpen: true }, lead)
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
