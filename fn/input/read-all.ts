import { readSync } from 'node:fs'

const CHUNK_LENGTH = 1 << 18
/** As much as one text can be. */
const LENGTH_MAX = 512 * 2 ** 20

/**
 * Every byte of an open file or pipe, or as many as are certainly too many. Node's streams would take longer to load than most packages
 * to read.
 */
export function readAll(descriptor: number, most = LENGTH_MAX): Uint8Array {
  const chunks: Uint8Array[] = []
  for (let total = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK_LENGTH)
    const length = onceReady(() => readSync(descriptor, chunk))
    if (length > 0) chunks.push(chunk.subarray(0, length))
    total += length
    if (length === 0 || total > most) return Buffer.concat(chunks)
  }
}

const PAUSE_MILLISECONDS = 5

/** What `transfer` returns once its file is ready for it: some programs start others with pipes that do not wait. */
export function onceReady(transfer: () => number): number {
  for (;;) {
    try {
      return transfer()
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS)
    }
  }
}
