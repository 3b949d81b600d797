import type { IncomingMessage } from 'node:http'
import { type Answer, brokenBy } from './broken-by.ts'

/** An object has at most 12 MiB: the API server stores 2 MiB, and JSON may take six bytes for one. */
const JSON_BYTES_MAX = 16 * 1024 * 1024

/** The JSON of an answer. Rejects with a ConnectionError if it is incomplete or longer than any object. */
export async function readJson({ response, attempt }: Answer): Promise<unknown> {
  try {
    const { text, isWhole } = await readAtMost(response, JSON_BYTES_MAX)
    if (!isWhole) throw new Error(`the answer must have at most ${JSON_BYTES_MAX} bytes, got more`)
    return JSON.parse(text)
  } catch (error) {
    throw brokenBy(error, attempt)
  }
}

/** The bytes of an answer as they arrive. Rejects with a ConnectionError if it is incomplete. */
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

/** The beginning of a body; closes the connection if there is more. */
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
