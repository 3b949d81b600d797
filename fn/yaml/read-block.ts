import { lineScalar, resolveScalar, withoutBreaksAfter, withoutSpacesAfter } from './scalars.ts'

/** Thrown, and caught in `readBlock`, where the text leaves the subset. */
const OUTSIDE = Symbol('outside the subset')

/** What may change how a line is read, and is rare in what orchestrators write: tabs, CR, other breaks and controls. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNUSUAL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/
const KEY = /(?:[A-Za-z_][\w./-]*|'[\w./-]+'|"[\w./-]+"):(?= |\n|$)/y
const LITERAL = /^\|[-+]?$/
/** What stands further right is nested deeper than this reader, which recurses, can bear. */
const COLUMN_MAX = 200

interface Cursor {
  readonly text: string
  /** Offset of the current line's first character that is not a space; the text's length at its end. */
  at: number
  /** Column of `at`; -1 at the end of the text. */
  column: number
  /** Offset of the current line's end. */
  end: number
}

export interface Block {
  readonly value: unknown
}

/**
 * The value of a YAML text in the plain block subset that orchestrators write (block mappings and sequences, scalars on one line,
 * literals, empty flow collections), or undefined where the text is outside of it: then `readDocument` knows.
 * Invariant: where both readers give a value, it is the same value.
 */
export function readBlock(text: string): Block | undefined {
  if (UNUSUAL.test(text)) return undefined
  const cursor: Cursor = { text, at: 0, column: 0, end: -1 }
  try {
    nextLine(cursor)
    if (cursor.column < 0) return undefined
    const value = node(cursor)
    return cursor.column < 0 ? { value } : undefined
  } catch (error) {
    if (error === OUTSIDE) return undefined
    throw error
  }
}

/** Moves to the next line that is neither blank nor a comment. */
function nextLine(cursor: Cursor): void {
  const { text } = cursor
  let start = cursor.end + 1
  while (start < text.length) {
    const at = start + spacesAt(text, start)
    const charCode = text.charCodeAt(at)
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    if (charCode !== 10 && charCode !== 35 && at < text.length) {
      cursor.at = at
      cursor.column = at - start
      cursor.end = end
      return
    }
    start = end + 1
  }
  cursor.at = text.length
  cursor.column = -1
  cursor.end = text.length
}

function isDash({ text, at, end }: Cursor): boolean {
  return text.charCodeAt(at) === 45 && (at + 1 === end || text.charCodeAt(at + 1) === 32)
}

function node(cursor: Cursor): unknown {
  if (cursor.column > COLUMN_MAX) throw OUTSIDE
  return isDash(cursor) ? sequence(cursor) : mapping(cursor)
}

function mapping(cursor: Cursor): Record<string, unknown> {
  const { column } = cursor
  const map: Record<string, unknown> = {}
  while (cursor.column === column && !isDash(cursor)) {
    const { text, at } = cursor
    KEY.lastIndex = at
    if (!KEY.test(text)) throw OUTSIDE
    const end = KEY.lastIndex
    const isPlain = text.charCodeAt(end - 2) !== 34 && text.charCodeAt(end - 2) !== 39
    const key = isPlain ? text.slice(at, end - 1) : text.slice(at + 1, end - 2)
    if (key === '__proto__' || Object.hasOwn(map, key) || (isPlain && typeof resolveScalar(key) !== 'string'))
      throw OUTSIDE
    map[key] = parseValue(cursor, end + spacesAt(text, end), { column, isMapping: true })
  }
  if (cursor.column > column) throw OUTSIDE
  return map
}

function sequence(cursor: Cursor): unknown[] {
  const { column } = cursor
  const items: unknown[] = []
  while (cursor.column === column && isDash(cursor)) {
    const at = cursor.at + 1 + spacesAt(cursor.text, cursor.at + 1)
    KEY.lastIndex = at
    if (at < cursor.end && KEY.test(cursor.text)) {
      cursor.column += at - cursor.at
      cursor.at = at
      items.push(mapping(cursor))
    } else items.push(parseValue(cursor, at, { column, isMapping: false }))
  }
  if (cursor.column > column) throw OUTSIDE
  return items
}

/** The value that starts at `at` on the cursor's line, or on the lines below it; the cursor moves behind it. */
function parseValue(
  cursor: Cursor,
  at: number,
  parent: { readonly column: number; readonly isMapping: boolean },
): unknown {
  const { column, isMapping } = parent
  const source = withoutSpacesAfter(cursor.text.slice(at, cursor.end))
  if (source === '' || source.startsWith('#')) {
    nextLine(cursor)
    if (cursor.column > column) return node(cursor)
    return isMapping && cursor.column === column && isDash(cursor) ? sequence(cursor) : null
  }
  if (LITERAL.test(source)) return literal(cursor, column, source)
  const value = lineScalar(source)
  if (value === undefined) throw OUTSIDE
  nextLine(cursor)
  if (cursor.column > column) throw OUTSIDE
  return value
}

/** A literal block scalar; its lines are those indented at least as far as the first of them that is not blank. */
function literal(cursor: Cursor, column: number, header: string): string {
  const { text } = cursor
  const lines: string[] = []
  let indent = 0
  let start = cursor.end + 1
  for (; start < text.length; start = cursor.end + 1) {
    cursor.end = lineEnd(text, start)
    const spaces = spacesAt(text, start)
    const isBlank = start + spaces === cursor.end
    // Blank lines that are deeper than the text they lead are an error that the other reader words.
    if (indent === 0 && isBlank && spaces > 0) throw OUTSIDE
    if (indent === 0 && !isBlank) indent = spaces
    if (!isBlank && indent <= column) throw OUTSIDE
    if (!isBlank && spaces < indent) break
    lines.push(text.slice(Math.min(start + indent, cursor.end), cursor.end))
  }
  if (indent <= column) throw OUTSIDE
  cursor.end = start - 1
  nextLine(cursor)
  return chomped(lines, header)
}

/** The end of a literal's line; without a last newline readers differ in what the literal ends with. */
function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  if (end < 0) throw OUTSIDE
  return end
}

function spacesAt(text: string, start: number): number {
  let at = start
  while (text.charCodeAt(at) === 32) at++
  return at - start
}

function chomped(lines: readonly string[], header: string): string {
  const all = lines.join('\n')
  if (header === '|+') return `${all}\n`
  const content = withoutBreaksAfter(all)
  return header === '|-' ? content : `${content}\n`
}
