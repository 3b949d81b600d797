import { isMap, isScalar, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { emitString } from './emit.ts'
import { parseNodes } from './parse-nodes.ts'

type Entry = Pair<Scalar, { range?: [number, number, number] | null } | null>

/**
 * The text of one object with the string `value` set at `path`, every other byte as it was. The mapping that holds the field must
 * be there already. The text may be an item of a block sequence, with its dash.
 */
export function setField(text: string, path: readonly string[], value: string): string {
  const map = mapAt(text, path.slice(0, -1))
  const key = path.at(-1) as string
  const entries = map.items as Entry[]
  const entry = entries.find((candidate) => candidate.key.value === key)
  if (entry) return setValue(text, entry, map.flow ? flowString(value) : emitString(value))
  const first = entries[0]
  if (map.flow)
    return first
      ? insertAt(text, startOf(first), `${flowString(key)}: ${flowString(value)}, `)
      : insertAt(text, (map.range?.[0] as number) + 1, `${flowString(key)}: ${flowString(value)}`)
  const start = startOf(first as Entry)
  return insertAt(text, start, `${emitString(key)}: ${emitString(value)}\n${' '.repeat(columnOf(text, start))}`)
}

/** The text of one object without the field at `path`, every other byte as it was. */
export function removeField(text: string, path: readonly string[]): string {
  const map = mapAt(text, path.slice(0, -1))
  const entries = map.items as Entry[]
  const at = entries.findIndex((candidate) => candidate.key.value === path.at(-1))
  if (at < 0) return text
  const start = startOf(entries[at] as Entry)
  const next = entries[at + 1]
  if (next) return text.slice(0, start) + text.slice(startOf(next))
  const end = (entries[at] as Entry).value?.range?.[1] ?? start
  if (!map.flow) return text.slice(0, lineStart(text, start)) + text.slice(lineEnd(text, end))
  const previous = entries[at - 1]
  return text.slice(0, previous ? (previous.value?.range?.[1] ?? start) : start) + text.slice(end)
}

function mapAt(text: string, path: readonly string[]): YAMLMap {
  const document = parseNodes(text)
  const isItem = !isMap(document?.contents)
  const map = document?.getIn(isItem ? [0, ...path] : path, true)
  if (!isMap(map)) throw new Error(`invariant: ${path.join('.')} must be a mapping to be edited`)
  return map
}

function setValue(text: string, { key, value }: Entry, wanted: string): string {
  const range = value?.range
  const keyEnd = key.range?.[1] as number
  const isEmpty = !range || (isScalar(value) && value.source === '' && value.type === 'PLAIN')
  if (!isEmpty && range) {
    // A block scalar ends behind its last line break.
    const end = text.slice(range[0], range[1]).endsWith('\n') ? range[1] - 1 : range[1]
    return text.slice(0, range[0]) + wanted + text.slice(end)
  }
  const colon = text.indexOf(':', keyEnd) + 1
  return insertAt(text, colon, ` ${wanted}`)
}

/** In flow style a plain scalar may end at a comma or bracket; JSON never does, and a JSON file stays one. */
function flowString(value: string): string {
  return JSON.stringify(value)
}

function startOf(entry: Entry): number {
  return entry.key.range?.[0] as number
}

function insertAt(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at)
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', Math.max(at - 1, 0))
  return newline < 0 ? text.length : newline + 1
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at)
}
