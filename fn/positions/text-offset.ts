import { Scalar } from 'yaml'
import { valueOffsets } from './value-offsets.ts'

/** A place in a text, both counted from 1. */
export interface LineAndColumn {
  readonly line: number
  readonly column: number
}

/** The offset in `source` of a place in the text that a scalar stands for; where that is not sure, where the scalar begins. */
export function textOffset(source: string, scalar: Scalar, at: LineAndColumn): number {
  const [start] = scalar.range as [number, number, number]
  const value = String(scalar.value)
  if (scalar.type !== Scalar.BLOCK_LITERAL) return valueOffsets(source, scalar)[indexIn(value, at)] ?? start
  const line = literalLine(source, { start, value }, at.line)
  return line === undefined ? start : Math.min(line.start + line.indent + at.column - 1, line.end)
}

/** The index of a place in a text, at most its length. */
function indexIn(text: string, { line, column }: LineAndColumn): number {
  let start = 0
  for (let count = 1; count < line; count++) {
    start = text.indexOf('\n', start) + 1
    if (start === 0) return text.length
  }
  return Math.min(start + column - 1, text.length)
}

/** A line of a literal as it stands in its source; `end` is before its line break. */
interface LiteralLine {
  readonly start: number
  readonly indent: number
  readonly end: number
}

/** The line of a literal that begins at `start`, by its number in the value; undefined where there is no such line. */
export function literalLine(
  source: string,
  { start, value }: { readonly start: number; readonly value: string },
  number: number,
): LiteralLine | undefined {
  let line = start
  for (let count = 0; count < number; count++) {
    line = source.indexOf('\n', line) + 1
    if (line === 0) return undefined
  }
  const end = /\r?(?:\n|$)/g
  end.lastIndex = line
  return { start: line, indent: indentOf(source, start, value), end: end.exec(source)?.index ?? source.length }
}

/** How far a literal is indented in its source: what its first line with content has more than that line in its value. */
function indentOf(source: string, start: number, value: string): number {
  const written = source.slice(source.indexOf('\n', start) + 1)
  return leadingSpaces(written) - leadingSpaces(value)
}

function leadingSpaces(text: string): number {
  return /^(?:[^\S\n]*\n)*( *)/.exec(text)?.[1]?.length ?? 0
}
