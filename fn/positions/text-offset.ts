import { Scalar } from 'yaml'

/** A place in a text, both counted from 1. */
export interface LineAndColumn {
  readonly line: number
  readonly column: number
}

/**
 * The offset in `source` of a place in the text that a scalar stands for: exact in a literal (`|`) and in what stands on one line,
 * else where the scalar begins.
 */
export function textOffset(source: string, { type, range, value }: Scalar, at: LineAndColumn): number {
  const [start, end] = range as [number, number, number]
  if (type === Scalar.BLOCK_LITERAL) {
    const line = literalLine(source, { start, value: String(value) }, at.line)
    return line === undefined ? start : Math.min(line.start + line.indent + at.column - 1, line.end)
  }
  const written = source.slice(start, end)
  if (written.includes('\n') || type === Scalar.BLOCK_FOLDED) return start
  const unit = UNITS[type as keyof typeof UNITS]
  return start + (unit ? quotedLength(written, unit, at) : at.column - 1)
}

/** What stands for one character within quotes. */
const UNITS = {
  [Scalar.QUOTE_DOUBLE]: /\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|.)|[^\\]/gs,
  [Scalar.QUOTE_SINGLE]: /''|[^']/g,
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

/** The length of what stands in quotes, with the first of them, before a place in its value. */
function quotedLength(written: string, unit: RegExp, { line, column }: LineAndColumn): number {
  unit.lastIndex = 1
  let [atLine, atColumn] = [1, 1]
  while (unit.lastIndex < written.length - 1 && !(atLine === line && atColumn >= column)) {
    const [one = ''] = unit.exec(written) ?? []
    const isBreak = one === '\\n'
    atLine += isBreak ? 1 : 0
    atColumn = isBreak ? 1 : atColumn + (isPair(one) ? 2 : 1)
  }
  return unit.lastIndex
}

/** Whether an escape stands for a character that is two UTF-16 units. */
function isPair(unit: string): boolean {
  return unit.startsWith('\\U') && Number.parseInt(unit.slice(2), 16) > 0xffff
}
