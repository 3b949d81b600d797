import type { IncomingMessage } from 'node:http'
import type { Answer } from './broken-by.ts'
import { brokenBy } from './broken-by.ts'

/** An object is 12 MiB at the very most: the API server keeps 2 MiB of it, and as JSON a byte may be six. */
const JSON_BYTES_MAX = 16 * 1024 * 1024

/** The JSON of an answer. Rejects with a ConnectionError where it does not come whole, or is longer than any object. */
export async function readJson({ response, attempt }: Answer): Promise<unknown> {
  try {
    const { text, isWhole } = await readAtMost(response, JSON_BYTES_MAX)
    if (!isWhole) throw new Error(`the answer must have at most ${JSON_BYTES_MAX} bytes, got more`)
    return JSON.parse(text)
  } catch (error) {
    throw brokenBy(error, attempt)
  }
}

/** The bytes of an answer as they come. Rejects with a ConnectionError where not all of them do. */
export async function* streamBody({ response, attempt }: Answer): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      attempt.deadline.extend()
      yield chunk
    }
  } catch (error) {
    throw brokenBy(error, attempt)
  }
}

/** The beginning of a body; where that is not all of it, the connection is given up. */
export async function readAtMost(response: IncomingMessage, bytesMax: number) {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > bytesMax) break
  }
  const text = Buffer.concat(chunks).toString()
  return { text, isWhole: bytes <= bytesMax }
}
