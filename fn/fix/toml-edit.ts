import { isScalar, type Node, Scalar } from 'yaml'
import { literalLine, textOffset } from '../positions/text-offset.ts'
import type { Result } from '../results.ts'
import type { Edit } from './edit.ts'
import { type TomlChange, tomlChange } from './toml-change.ts'

/** The edit of a document that corrects a setting in its `buildkitdToml`, written as a literal (`|`) or in quotes on one line, as in JSON. */
export function tomlEdit(text: string, node: Node | null, result: Result): Edit | undefined {
  if (!isScalar(node) || !node.range || node.anchor !== undefined || node.tag !== undefined) return undefined
  const value = String(node.value)
  const change = tomlChange(value, result)
  if (!change) return undefined
  if (node.type === Scalar.BLOCK_LITERAL) return inLiteral(text, node, change)
  const isOneLine = !text.slice(node.range[0], node.range[1]).includes('\n')
  const escaped = node.type && ESCAPED[node.type]
  return escaped && isOneLine ? inQuotes({ source: text, node, escaped }, change) : undefined
}

/** A TOML text with lines removed. */
function without(toml: string, { line, count }: TomlChange): string {
  const lines = toml.split('\n')
  lines.splice(line - 1, count)
  return lines.join('\n')
}

/** The columns, from 1, between which a line changes, and what stands there then. */
function changedPart(before: string, after: string): { from: number; to: number; text: string } {
  const most = Math.min(before.length, after.length)
  let [start, end] = [0, 0]
  while (start < most && before[start] === after[start]) start++
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return { from: start + 1, to: before.length - end + 1, text: after.slice(start, after.length - end) }
}

/** A text as it stands within quotes. */
const ESCAPED: { readonly [type in Scalar.Type]?: (text: string) => string } = {
  [Scalar.QUOTE_DOUBLE]: (text) => JSON.stringify(text).slice(1, -1),
  [Scalar.QUOTE_SINGLE]: (text) => text.replaceAll("'", "''"),
}

interface Quoted {
  readonly source: string
  readonly node: Scalar
  readonly escaped: (text: string) => string
}

function inQuotes({ source, node, escaped }: Quoted, { line, count, text }: TomlChange): Edit {
  const offset = (column: number, of = line) => textOffset(source, node, { line: of, column })
  if (text === undefined) return { start: offset(1), end: offset(1, line + count), text: '' }
  const part = changedPart(String(node.value).split('\n')[line - 1] ?? '', text)
  return { start: offset(part.from), end: offset(part.to), text: escaped(part.text) }
}

function inLiteral(source: string, node: Scalar, change: TomlChange): Edit | undefined {
  const [start, end] = node.range as [number, number, number]
  const value = String(node.value)
  const first = literalLine(source, { start, value }, change.line)
  const next = literalLine(source, { start, value }, change.line + change.count)
  if (!first) return undefined
  const lines = value.split('\n')
  if (change.text !== undefined) {
    const { from, to, text } = changedPart(lines[change.line - 1] ?? '', change.text)
    const column = first.start + first.indent - 1
    return { start: column + from, end: column + to, text }
  }
  // The first line says how far the others are indented.
  const isFirst = lines.slice(0, change.line - 1).every((one) => one.trim() === '')
  const rest = without(value, change)
  if (rest.trim() === '' || (isFirst && /^(?:[ \t]*\n)*[ \t]+\S/.test(rest))) return undefined
  return { start: first.start, end: Math.min(next?.start ?? end, end), text: '' }
}
