import { boundedText } from '../bounded-text.ts'

/** The value of a JSON text. Throws a GarbledError where it is none, which names it `what`: `a line of a watch`. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GarbledError(`${what} must be JSON, got ${quoted(text)}`, { cause })
  }
}

const LENGTH_MAX = 100

/** The beginning of a text, in quotation marks. */
export function quoted(text: string): string {
  return JSON.stringify(boundedText(text, LENGTH_MAX))
}

/** What came is not what an API server sends. Nothing of it can be believed: only a new list says what there is. */
export class GarbledError extends Error {
  override readonly name = 'GarbledError'
}
