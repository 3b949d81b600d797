import { boundedText } from '../bounded-text.ts'

const LENGTH_MAX = 100

/** The beginning of a text, in quotation marks. */
export function quoted(text: string): string {
  return JSON.stringify(boundedText(text, LENGTH_MAX))
}
