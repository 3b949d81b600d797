import { resolveScalar } from './resolve-scalar.ts'
import { withoutSpacesAfter } from './without-spaces-after.ts'

const COMMENT = /^(?: +#.*)?$/
const PLAIN_START = /^(?:[A-Za-z0-9_/.+~$(]|-(?=[A-Za-z0-9.-]))/
const NOT_PLAIN = /[^\x20-\x7e]|:(?: |$)/

/** The value of a scalar or an empty collection that is all there is on its line but a comment; undefined where `readBlock` leaves it. */
export function lineScalar(source: string): unknown {
  const first = source.charCodeAt(0)
  if (first === 39) return singleQuoted(source)
  if (first === 34) return doubleQuoted(source)
  if (source === '{}') return {}
  if (source === '[]') return []
  return plain(source)
}

function singleQuoted(source: string): string | undefined {
  let end = source.indexOf("'", 1)
  while (end > 0 && source.charCodeAt(end + 1) === 39) end = source.indexOf("'", end + 2)
  if (end < 0 || !COMMENT.test(source.slice(end + 1))) return undefined
  return source.slice(1, end).replaceAll("''", "'")
}

/** Of the escapes only those that JSON has as well: others are rare. */
function doubleQuoted(source: string): string | undefined {
  let end = 1
  while (end < source.length && source.charCodeAt(end) !== 34) end += source.charCodeAt(end) === 92 ? 2 : 1
  if (!COMMENT.test(source.slice(end + 1))) return undefined
  try {
    const text: string = JSON.parse(source.slice(0, end + 1))
    return text.isWellFormed() ? text : undefined
  } catch {
    return undefined
  }
}

function plain(source: string): unknown {
  const comment = source.indexOf(' #')
  const text = comment < 0 ? source : withoutSpacesAfter(source.slice(0, comment))
  if (!PLAIN_START.test(text) || NOT_PLAIN.test(text)) return undefined
  const value = resolveScalar(text)
  return typeof value === 'number' && !Number.isFinite(value) ? undefined : value
}
