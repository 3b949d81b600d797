import { Scalar } from 'yaml'
import type { TextEdit } from './change.ts'
import { emitQuoted, emitString } from './emit.ts'
import { valueOffsets } from './value-offsets.ts'

/** What would end a plain scalar in flow style. */
const FLOW = /[,[\]{}]/

/** A string as it is written where nothing was before. In flow style it is quoted, so that JSON stays JSON. */
export function newScalar(value: string, isFlow: boolean | undefined): string {
  return isFlow ? emitQuoted(value) : emitString(value)
}

/** The edits that give a scalar another value, in the style that it has; breaks and escapes stay as they are but for what differs. */
export function scalarEdits(text: string, scalar: Scalar, value: string | number): readonly TextEdit[] | undefined {
  if (!scalar.range) return undefined
  const [start, end] = scalar.range
  if (/[\n\\]/.test(text.slice(start, end)))
    return spliced(text, scalar, [difference(String(scalar.value), String(value))])
  const written = inStyle(scalar, value)
  return written === undefined ? undefined : [{ start, end, text: written }]
}

function inStyle({ type }: Scalar, value: string | number): string | undefined {
  if (type === Scalar.PLAIN && typeof value === 'number') return String(value)
  const text = String(value)
  switch (type) {
    case Scalar.QUOTE_DOUBLE:
      return emitQuoted(text)
    case Scalar.QUOTE_SINGLE:
      return /[^\x20-\x7e]/.test(text) ? emitQuoted(text) : `'${text.replaceAll("'", "''")}'`
    case Scalar.PLAIN:
      return FLOW.test(text) ? emitQuoted(text) : emitString(text)
    default:
      return undefined
  }
}

/** The part of a text that differs in another. */
function difference(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length)
  let [first, last] = [0, 0]
  while (last < most && before.at(-1 - last) === after.at(-1 - last)) last++
  while (first < most - last && before[first] === after[first]) first++
  return { start: first, end: before.length - last, text: after.slice(first, after.length - last) }
}

/** Edits of the text that a scalar stands for, as edits of its source; undefined where it is not sure where that is. */
export function spliced(source: string, scalar: Scalar, edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const value = String(scalar.value)
  const offsets = valueOffsets(source, scalar)
  if (offsets.length === 0) return undefined
  const pad = scalar.type === Scalar.BLOCK_LITERAL ? indentIn(source, value, offsets) : ''
  return edits.map((edit) => {
    const { start, end, text } = withBreakBefore(value, edit)
    const written = pad ? text.replace(/\n(?=[^\n])/g, `\n${pad}`) : escaped(text, scalar.type)
    return { start: offsets[start] as number, end: offsets[end] as number, text: written }
  })
}

/** Of lines that go, the break before them goes instead of that behind: behind it is how far the next line is indented. */
function withBreakBefore(value: string, edit: TextEdit): TextEdit {
  const isLines = edit.text === '' && value[edit.start - 1] === '\n' && value[edit.end - 1] === '\n'
  return isLines ? { start: edit.start - 1, end: edit.end - 1, text: '' } : edit
}

/** The spaces before the first line of a literal that has content. */
function indentIn(source: string, value: string, offsets: readonly number[]): string {
  const at = offsets[value.search(/[^\n]/)] ?? 0
  return ' '.repeat(at - (source.lastIndexOf('\n', at - 1) + 1))
}

function escaped(text: string, type: Scalar['type']): string {
  if (type === Scalar.QUOTE_DOUBLE) return emitQuoted(text).slice(1, -1)
  return type === Scalar.QUOTE_SINGLE ? text.replaceAll("'", "''") : text
}
