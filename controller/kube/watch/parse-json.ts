import { GarbledError } from './garbled-error.ts'
import { quoted } from './quoted.ts'

/** The value of a JSON text. Throws a GarbledError where it is none, which names it `what`: `a line of a watch`. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GarbledError(`${what} must be JSON, got ${quoted(text)}`, { cause })
  }
}
