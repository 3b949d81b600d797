import { readSync } from 'node:fs'
import { onceReady } from './once-ready.ts'

const CHUNK_LENGTH = 1 << 18

/** Every byte of an open file or pipe. Node's streams would take longer to load than most packages to read. */
export function readAll(descriptor: number): Uint8Array {
  const chunks: Uint8Array[] = []
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_LENGTH)
    const length = onceReady(() => readSync(descriptor, chunk))
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, length))
  }
}
