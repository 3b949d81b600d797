import { isScalar, type Node, Scalar, visit } from 'yaml'
import { literalLine, textOffset } from '../positions/text-offset.ts'
import type { Result } from '../results.ts'
import { parseNodes } from '../yaml/parse-nodes.ts'
import type { Edit } from './edit.ts'
import { type TomlChange, tomlChange } from './toml-change.ts'

/** The edit of a document that corrects a setting in its `buildkitdToml`; undefined where the text would not become just that. */
export function tomlEdit(text: string, node: Node | null, result: Result): Edit | undefined {
  if (!isScalar(node) || !node.range || node.anchor !== undefined || node.tag !== undefined) return undefined
  const value = String(node.value)
  const change = tomlChange(value, result)
  if (!change) return undefined
  const wanted = changed(value, change)
  const edit = node.type === Scalar.BLOCK_LITERAL ? inLiteral(text, node, change) : inOther(text, node, change)
  return edit && wanted.trim() !== '' && valueAfter(text, edit, node.range[0]) === wanted ? edit : undefined
}

/** A TOML text with a change made. */
function changed(toml: string, { line, count, text }: TomlChange): string {
  const lines = toml.split('\n')
  lines.splice(line - 1, count, ...(text === undefined ? [] : [text]))
  return lines.join('\n')
}

/** What an edit makes of the scalar that begins at `start`. */
function valueAfter(text: string, edit: Edit, start: number): unknown {
  const after = `${text.slice(0, edit.start)}${edit.text}${text.slice(edit.end)}`
  const document = parseNodes(after)
  if (!document || document.errors.length > 0) return undefined
  let value: unknown
  visit(document, {
    Scalar: (_, scalar) => {
      if (scalar.range?.[0] === start) value = scalar.value
    },
  })
  return value
}

/** The columns, from 1, between which a line changes, and what stands there then. */
function changedPart(before: string, after: string): { from: number; to: number; text: string } {
  const most = Math.min(before.length, after.length)
  let [start, end] = [0, 0]
  while (start < most && before[start] === after[start]) start++
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return { from: start + 1, to: before.length - end + 1, text: after.slice(start, after.length - end) }
}

function inOther(source: string, node: Scalar, { line, count, text }: TomlChange): Edit {
  const offset = (column: number, of = line) => textOffset(source, node, { line: of, column })
  const lines = String(node.value).split('\n')
  if (text === undefined) {
    // Of the last line the break before it goes.
    const before = line + count > lines.length ? lines[line - 2] : undefined
    const start = before === undefined ? offset(1) : offset(before.length + 1, line - 1)
    return { start, end: offset(1, line + count), text: '' }
  }
  const part = changedPart(lines[line - 1] ?? '', text)
  return { start: offset(part.from), end: offset(part.to), text: escaped(part.text, node.type) }
}

function escaped(text: string, type: Scalar['type']): string {
  if (type === Scalar.QUOTE_DOUBLE) return JSON.stringify(text).slice(1, -1)
  return type === Scalar.QUOTE_SINGLE ? text.replaceAll("'", "''") : text
}

function inLiteral(source: string, node: Scalar, { line, count, text }: TomlChange): Edit | undefined {
  const [start, end] = node.range as [number, number, number]
  const value = String(node.value)
  const first = literalLine(source, { start, value }, line)
  const next = literalLine(source, { start, value }, line + count)
  if (!first) return undefined
  if (text === undefined) return { start: first.start, end: Math.min(next?.start ?? end, end), text: '' }
  const part = changedPart(value.split('\n')[line - 1] ?? '', text)
  const column = first.start + first.indent - 1
  return { start: column + part.from, end: column + part.to, text: part.text }
}
