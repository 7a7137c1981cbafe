import { constants, createDeflateRaw } from 'node:zlib'

/** Turns an entry's bytes into those that are written: each call answers what is ready. One entry after the other. */
export type Packer = {
  /** Forgets the entry before, whether it was ended or not. */
  readonly begin: () => void
  readonly take: (bytes: Uint8Array) => Promise<readonly Uint8Array[]>
  /** Answers the rest of the entry. */
  readonly end: () => Promise<readonly Uint8Array[]>
  readonly destroy: () => void
}

/**
 * Deflates. The state of zlib, some 256 KiB, serves all entries in turn: with one for each, what a process had taken from the
 * system grew with the number of files, and making it took longer than packing most files.
 */
export function createDeflater(): Packer {
  const stream = createDeflateRaw()
  let ready: Buffer[] = []
  let failure: Error | null = null
  stream.on('data', (bytes: Buffer) => ready.push(bytes))
  stream.on('error', (error) => {
    failure = error
  })
  const collect = () => {
    if (failure) throw failure
    const all = ready
    ready = []
    return all
  }
  const settled = (act: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => act((error) => (error ? reject(error) : resolve())))
  return {
    begin() {
      ready = []
      stream.reset()
    },
    async take(bytes) {
      await settled((done) => stream.write(bytes, done))
      return collect()
    },
    async end() {
      // What closes the entry's data, and leaves the stream open for the next.
      await settled((done) => stream.flush(constants.Z_FINISH, () => done()))
      return collect()
    },
    destroy: () => stream.destroy(),
  }
}

/** Leaves bytes as they are. */
export function createStorer(): Packer {
  return {
    begin() {},
    take: async (bytes) => [bytes],
    end: async () => [],
    destroy() {},
  }
}
