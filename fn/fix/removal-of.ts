import type { Node, Pair, Scalar, YAMLMap } from 'yaml'
import type { Step } from '../positions/field-at.ts'
import type { Edit } from './edit.ts'

type Entry = Pair<Scalar, Node | null>

/**
 * The edit that removes the field at the end of `steps` with its lines, and what would be empty without it, but no field at the top of
 * an object; undefined where more would go with it.
 */
export function removalOf(text: string, steps: readonly Step[]): Edit | undefined {
  const entry = steps.at(-1)?.entry
  if (!entry || steps.length < 2) return undefined
  if (entry.map.items.length === 1) return removalOf(text, steps.slice(0, -1))
  const [start, end] = entry.map.flow ? inFlow(text, entry.map, entry.pair) : inBlock(text, entry.map, entry.pair)
  // An anchor may be what an alias elsewhere refers to.
  if (end === undefined || /(?:^|[\s[{,])&\S/.test(text.slice(start, end))) return undefined
  return { start, end, text: '' }
}

type Range = readonly [start: number, end: number | undefined]

/** With a comma; but a comment between is about the entry before, and then the comma may stay. */
function inFlow(text: string, { items }: YAMLMap, pair: Entry): Range {
  const entries = items as Entry[]
  const at = entries.indexOf(pair)
  const [previous, next] = [entries[at - 1], entries[at + 1]]
  if (next || !previous) return [startOf(pair), next && startOf(next)]
  const isCommented = text.slice(endOf(previous), startOf(pair)).includes('#')
  return [isCommented ? startOf(pair) : endOf(previous), endOf(pair)]
}

/** Whole lines; what follows a dash gives its place to the next entry. */
function inBlock(text: string, { items }: YAMLMap, pair: Entry): Range {
  const start = startOf(pair)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const end = lineEnd(text, start + text.slice(start, endOf(pair)).trimEnd().length)
  if (text.slice(lineStart, start).trim() === '') return [lineStart, end]
  const entries = items as Entry[]
  const next = entries[entries.indexOf(pair) + 1]
  const isAlone = next && text.slice(end, startOf(next)).trim() === ''
  return [start, isAlone && /^[ -]*$/.test(text.slice(lineStart, start)) ? startOf(next) : undefined]
}

function startOf(pair: Entry): number {
  return pair.key.range?.[0] as number
}

function endOf({ key, value }: Entry): number {
  return (value?.range?.[1] ?? key.range?.[1]) as number
}

/** Behind the line break of the line that `at` stands in. */
function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at)
  return newline < 0 ? text.length : newline + 1
}
