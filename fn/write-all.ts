import type { Writable } from 'node:stream'

/** Enough for few writes, little enough not to double a large output in memory. */
const CHUNK_LENGTH = 1 << 20

/** Resolves once `stream` has taken the last byte of `texts`; rejects where it cannot, as when the reader has gone. */
export async function writeAll(stream: Writable, texts: readonly string[]): Promise<void> {
  let chunk: string[] = []
  let length = 0
  for (const text of texts) {
    chunk.push(text)
    length += text.length
    if (length < CHUNK_LENGTH) continue
    await write(stream, chunk.join(''))
    chunk = []
    length = 0
  }
  await write(stream, chunk.join(''))
}

function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()))
  })
}
