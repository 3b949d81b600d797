import { Scalar } from 'yaml'

const known = new WeakMap<Scalar, readonly number[]>()

/** In a longer text nobody looks for a column. */
const LENGTH_MAX = 1 << 20

/**
 * Where each UTF-16 unit of the text that a scalar stands for begins in its source, and where the last one ends; nothing where that
 * is not sure.
 */
export function valueOffsets(source: string, scalar: Scalar): readonly number[] {
  const found = known.get(scalar) ?? offsetsOf(source, scalar)
  known.set(scalar, found)
  return found
}

function offsetsOf(source: string, { type, range, value }: Scalar): readonly number[] {
  const [start, end] = range as [number, number, number]
  if (end - start > LENGTH_MAX) return []
  const text = source.slice(start, end)
  const offsets = inStyle(text, String(value), type)
  return offsets.length === String(value).length + 1 ? offsets.map((at) => at + start) : []
}

function inStyle(text: string, value: string, type: Scalar['type']): readonly number[] {
  if (type === Scalar.BLOCK_LITERAL) return inLiteral(text, value)
  return type === Scalar.BLOCK_FOLDED ? inFolded(text, value) : inFlow(text, type)
}

const FOLD = /[ \t]*(?:\r?\n[ \t]*)+/
const UNITS: { readonly [type in Scalar.Type]?: RegExp } = {
  [Scalar.QUOTE_DOUBLE]: new RegExp(
    `\\\\(?:\\r?\\n[ \\t]*|x[\\dA-Fa-f]{2}|u[\\dA-Fa-f]{4}|U[\\dA-Fa-f]{8}|.)|${FOLD.source}|[^]`,
    'g',
  ),
  [Scalar.QUOTE_SINGLE]: new RegExp(`''|${FOLD.source}|[^]`, 'g'),
}

/** In quotes or plain, where a line break is a space, and each one more is a line break. */
function inFlow(text: string, type: Scalar['type']): readonly number[] {
  const quoted = type && UNITS[type]
  const inner = quoted ? text.slice(1, -1) : text
  const before = quoted ? 1 : 0
  const offsets: number[] = []
  for (const { 0: unit, index } of inner.matchAll(quoted ?? new RegExp(`${FOLD.source}|[^]`, 'g')))
    repeat(offsets, index + before, lengthOf(unit))
  offsets.push(inner.length + before)
  return offsets
}

/** How many UTF-16 units something stands for; an escaped line break stands for none. */
function lengthOf(unit: string): number {
  const breaks = unit.split('\n').length - 1
  if (!unit.startsWith('\\')) return Math.max(1, breaks - 1)
  if (breaks > 0) return 0
  return unit.startsWith('\\U') && Number.parseInt(unit.slice(2), 16) > 0xffff ? 2 : 1
}

/** After `|`, where each line is one of the text. */
function inLiteral(text: string, value: string): readonly number[] {
  const [header = '', ...lines] = text.split('\n')
  const indent = indentIn(lines, value)
  const offsets: number[] = []
  let at = header.length + 1
  for (const line of lines) {
    const end = line.replace(/\r$/, '').length
    for (let column = indent; column < end; column++) offsets.push(at + column)
    offsets.push(Math.min(at + end, text.length))
    at += line.length + 1
  }
  // Breaks that chomping leaves out, and the break that the last line of a file may lack.
  repeat(offsets, text.length, value.length + 1 - offsets.length)
  return offsets.slice(0, value.length + 1)
}

/** After `>`, where a line break between lines that are not indented further is as in quotes. */
function inFolded(text: string, value: string): readonly number[] {
  const [header = '', ...lines] = text.split('\n')
  const indent = indentIn(lines, value)
  const offsets: number[] = []
  let [at, end, breaks, wasDeeper] = [header.length + 1, header.length, 0, true]
  for (const line of lines) {
    const content = line.replace(/\r$/, '').slice(indent)
    if (content !== '') {
      const isDeeper = /^[ \t]/.test(content)
      const isFolded = !wasDeeper && !isDeeper
      repeat(offsets, end, isFolded ? Math.max(1, breaks - 1) : breaks)
      for (let column = 0; column < content.length; column++) offsets.push(at + indent + column)
      ;[end, breaks, wasDeeper] = [at + indent + content.length, 0, isDeeper]
    }
    breaks++
    at += line.length + 1
  }
  offsets.push(end)
  repeat(offsets, text.length, value.length + 1 - offsets.length)
  return offsets
}

function repeat(offsets: number[], at: number, count: number): void {
  for (let added = 0; added < count; added++) offsets.push(at)
}

/** How far a block is indented: what its first line with content has more than that line in its value. */
function indentIn(lines: readonly string[], value: string): number {
  const first = (some: readonly string[]) => /^ */.exec(some.find((line) => line.trim() !== '') ?? '')?.[0].length ?? 0
  return first(lines) - first(value.split('\n'))
}
