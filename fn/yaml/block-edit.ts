import type { Change, DocumentEdit } from './change.ts'
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
 * The edit of plain block YAML that sets or inserts a string, found by the columns of lines: to parse ten thousand Buildkits for their
 * `podName` would take longer than all else. Undefined where a line is not as plain as that; it may be wrong where the text is not plain
 * block YAML, so what comes out is read back.
 */
export function blockEdit(text: string, change: Change): BlockEdit | undefined {
  if (change.kind !== 'set' && change.kind !== 'insert') return undefined
  const path = change.path.filter((step) => typeof step === 'string')
  const key = path.at(-1)
  const first = path.slice(0, -1).reduce((inner, name) => childOf(text, entryOf(text, inner, name)), firstLine(text))
  const entry = entryOf(text, first, change.kind === 'set' ? key : change.after)
  const [, lead, value] = (entry && PLAIN.exec(text.slice(entry.start, entry.end))) ?? []
  if (!entry || lead === undefined || value === undefined || typeof change.value !== 'string') return undefined
  const written = emitString(change.value)
  const lines = linesOf(text, first ?? entry)
  if (change.kind === 'insert') {
    const line = `\n${' '.repeat(entry.column)}${key}: ${written}`
    return { change, lines, edits: [{ start: entry.end, end: entry.end, text: line }] }
  }
  const start = entry.start + lead.length
  return { change, lines, edits: [{ start, end: start + value.length, text: written }] }
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
