import type { Change, DocumentEdit, TextEdit } from './change.ts'
import { emitString } from './emit.ts'

/** The line of an entry: where its key starts, and where it ends before its line break. */
interface Line {
  readonly start: number
  readonly end: number
  readonly column: number
}

/** A key with a plain scalar that ends on its line. */
const PLAIN = /^([\w.-]+: +)([\w./-]+) *(?:#.*)?$/
const NO_VALUE = /^[\w.-]+: *(?:#.*)?$/

/** An edit, and the lines of the mapping that has the field. */
export interface BlockEdit extends DocumentEdit {
  readonly lines: { readonly start: number; readonly end: number }
}

/**
 * The edit of plain block YAML that sets or inserts a string or a list, or removes a field, found by the columns of lines: to parse ten
 * thousand Buildkits for their `podName` would take longer than all else. Undefined where a line is not as plain as that; it may be wrong
 * where the text is not plain block YAML, so what comes out is read back.
 */
export function blockEdit(text: string, change: Change): BlockEdit | undefined {
  if (change.kind !== 'set' && change.kind !== 'insert' && change.kind !== 'remove') return undefined
  const path = change.path.filter((step) => typeof step === 'string')
  const key = path.at(-1)
  const first = path.slice(0, -1).reduce((inner, name) => childOf(text, entryOf(text, inner, name)), firstLine(text))
  const entry = entryOf(text, first, change.kind === 'insert' ? change.after : key)
  const edit = entry && key !== undefined ? editOf(text, entry, { ...change, key }) : undefined
  return edit && first && (change.kind !== 'remove' || entry !== first)
    ? { change, lines: linesOf(text, first), edits: [edit] }
    : undefined
}

type Keyed = Extract<Change, { readonly kind: 'set' | 'insert' | 'remove' }> & { readonly key: string }

/** The edit at an entry: that of the field, or the one behind which it comes. */
function editOf(text: string, entry: Line, change: Keyed): TextEdit | undefined {
  const line = text.slice(entry.start, entry.end)
  const [, lead, value] = PLAIN.exec(line) ?? []
  const pad = `\n${' '.repeat(entry.column)}`
  if (change.kind === 'insert')
    return lead === undefined
      ? undefined
      : { start: entry.end, end: entry.end, text: `${pad}${change.key}:${written(change.value, pad)}` }
  const isList = NO_VALUE.test(line)
  const end = isList ? endOfList(text, entry) : entry.end
  if (change.kind === 'remove')
    return (isList || lead !== undefined) && end < text.length
      ? { start: entry.start - entry.column, end: end + 1, text: '' }
      : undefined
  if (typeof change.value === 'object')
    return isList ? { start: entry.end, end, text: written(change.value, pad) } : undefined
  if (lead === undefined || value === undefined || typeof change.value !== 'string') return undefined
  const start = entry.start + lead.length
  return { start, end: start + value.length, text: emitString(change.value) }
}

/** What follows a key's colon. */
function written(value: string | readonly string[], pad: string): string {
  return typeof value === 'string' ? ` ${emitString(value)}` : value.map((one) => `${pad}- ${emitString(one)}`).join('')
}

/** Where the last line of the value of an entry ends. */
function endOfList(text: string, entry: Line): number {
  const isInside = ({ start, column }: Line) =>
    column > entry.column || (column === entry.column && text.startsWith('- ', start))
  let { end } = entry
  for (let line = nextLine(text, entry); line && isInside(line); line = nextLine(text, line)) end = line.end
  return end
}

/** Where a mapping begins and ends whose first line this is. */
function linesOf(text: string, first: Line): BlockEdit['lines'] {
  let next: Line | undefined = first
  while (next && next.column >= first.column) next = nextLine(text, next)
  return { start: first.start - first.column, end: next ? next.start - next.column : text.length }
}

/** The first line of the object; in an item of a sequence its key is behind the dash. */
function firstLine(text: string): Line | undefined {
  const line = nextLine(text, { end: -1 })
  const [dash = ''] = (line && /^- +/.exec(text.slice(line.start, line.end))) ?? []
  return line && { ...line, start: line.start + dash.length, column: line.column + dash.length }
}

/** Of the lines from `first` on that have its column, until one has less, that with this key. */
function entryOf(text: string, first: Line | undefined, key: string | undefined): Line | undefined {
  for (let line = first; line && line.column >= (first?.column ?? 0); line = nextLine(text, line)) {
    if (line.column === first?.column && text.startsWith(`${key}:`, line.start)) return line
  }
  return undefined
}

/** The first line of the mapping that is the value of an entry. */
function childOf(text: string, entry: Line | undefined): Line | undefined {
  if (!entry || !NO_VALUE.test(text.slice(entry.start, entry.end))) return undefined
  const child = nextLine(text, entry)
  return child && child.column > entry.column ? child : undefined
}

/** The next line that is neither blank nor a comment. */
function nextLine(text: string, { end }: Pick<Line, 'end'>): Line | undefined {
  for (let lineStart = end + 1; lineStart < text.length; ) {
    let start = lineStart
    while (text.charCodeAt(start) === 32) start++
    const nextEnd = lineEnd(text, start)
    if (start < nextEnd && text[start] !== '#') return { start, end: nextEnd, column: start - lineStart }
    lineStart = nextEnd + 1
  }
  return undefined
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}
