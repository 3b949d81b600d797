/** A message that is longer is no help, and would be kept for every Pod. */
const TEXT_LENGTH_MAX = 512

/**
 * A text that somebody else has written, fit to be kept, logged and written into a status: one line, in which all white space and each
 * control character is a single space; at most `lengthMax` UTF-16 code units of it; and well-formed, so that the API server gives it
 * back as it got it.
 */
export function boundedText(text: string, lengthMax = TEXT_LENGTH_MAX): string {
  const kept = text.length <= lengthMax ? text : `${cutBefore(text, lengthMax)}…`
  const line = kept.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  // UTF-8 has no lone surrogates; and what is decoded is a text of its own, while a slice would keep all that it is a slice of.
  return Buffer.from(line).toString()
}

/** What of a text is before a place, without half a character at its end. */
function cutBefore(text: string, end: number): string {
  return text.slice(0, end - 1).replace(/[\uD800-\uDBFF]$/, '')
}
