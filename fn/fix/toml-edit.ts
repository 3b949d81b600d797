import { isScalar, type Node, Scalar } from 'yaml'
import { literalLine } from '../positions/text-offset.ts'
import type { Result } from '../results.ts'
import type { Edit } from './edit.ts'
import { type TomlChange, tomlChange } from './toml-change.ts'

/** The edit of a document that corrects a setting in its `buildkitdToml`, written as a literal (`|`) or, as in JSON, in double quotes. */
export function tomlEdit(text: string, node: Node | null, result: Result): Edit | undefined {
  if (!isScalar(node) || !node.range || node.anchor !== undefined || node.tag !== undefined) return undefined
  const value = String(node.value)
  const change = tomlChange(value, result)
  if (!change) return undefined
  if (node.type === Scalar.BLOCK_LITERAL) return inLiteral(text, node, change)
  const [start, end] = node.range
  if (node.type !== Scalar.QUOTE_DOUBLE || text.slice(start, end).includes('\n')) return undefined
  return { start, end, text: JSON.stringify(changed(value, change)) }
}

/** A TOML text with a change made. */
function changed(toml: string, { line, count, text }: TomlChange): string {
  const lines = toml.split('\n')
  lines.splice(line - 1, count, ...(text === undefined ? [] : [text]))
  return lines.join('\n')
}

function inLiteral(source: string, node: Scalar, { line, count, text }: TomlChange): Edit | undefined {
  const [start, end] = node.range as [number, number, number]
  const value = String(node.value)
  const first = literalLine(source, { start, value }, line)
  const next = literalLine(source, { start, value }, line + count)
  if (!first) return undefined
  if (text !== undefined) return { start: first.start + first.indent, end: first.end, text }
  // The first line says how far the others are indented.
  const isFirst = value
    .split('\n')
    .slice(0, line - 1)
    .every((one) => one.trim() === '')
  const rest = changed(value, { line, count })
  if (rest.trim() === '' || (isFirst && /^(?:[ \t]*\n)*[ \t]+\S/.test(rest))) return undefined
  return { start: first.start, end: Math.min(next?.start ?? end, end), text: '' }
}
