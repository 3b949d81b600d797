import { writeSync } from 'node:fs'
import { onceReady } from '../input/read-all.ts'

/** Enough for few writes, little enough not to double a large output in memory. */
const CHUNK_LENGTH = 1 << 20

/** Returns once an open file or pipe has taken the last byte of `texts`; throws where it cannot, as when the reader has gone. */
export function writeAll(descriptor: number, texts: readonly string[]): void {
  let chunk: string[] = []
  let length = 0
  for (const text of texts) {
    chunk.push(text)
    length += text.length
    if (length < CHUNK_LENGTH) continue
    write(descriptor, chunk.join(''))
    chunk = []
    length = 0
  }
  write(descriptor, chunk.join(''))
}

function write(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += onceReady(() => writeSync(descriptor, bytes, at))
}
