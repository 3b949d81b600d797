/** A longer message does not help, and would stay in memory for every Pod. */
const TEXT_LENGTH_MAX = 512

/**
 * A text from elsewhere, safe to keep, to log and to write into a status: one line, in which all white space and each control character
 * is a single space; at most `lengthMax` UTF-16 code units; and well-formed, so that the API server returns it unchanged.
 */
export function boundedText(text: string, lengthMax = TEXT_LENGTH_MAX): string {
  const kept = text.length <= lengthMax ? text : `${cutBefore(text, lengthMax)}…`
  const line = kept.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  // UTF-8 has no lone surrogates. And decoding creates a new string, while a slice would keep the original in memory.
  return Buffer.from(line).toString()
}

/** The text before `end`, without half a character at its end. */
function cutBefore(text: string, end: number): string {
  return text.slice(0, end - 1).replace(/[\uD800-\uDBFF]$/, '')
}
