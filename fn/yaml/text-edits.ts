import { type Document, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap } from 'yaml'
import { applied, type Change, type DocumentEdit, type TextEdit } from './change.ts'
import { emitQuoted } from './emit.ts'
import { fieldAt, type Step } from './field-at.ts'
import { newScalar, scalarEdits, spliced } from './scalar-edit.ts'

type Entry = Pair<Scalar, Node | null>

/** The edits of a document's text that make a change, every other byte as it was; undefined where no edits of that field do. */
export function textEdit(document: Document, text: string, change: Change): DocumentEdit | undefined {
  if (change.kind === 'insert') {
    const map = mapAt(document, change.path.slice(0, -1))
    const edit = map && inserted(text, map, change)
    return edit && { edits: [edit], change }
  }
  const { steps, isThere, isShared } = fieldAt(document, [], change.path)
  const step = steps.at(-1)
  if (!isThere || isShared || !step) return undefined
  if (change.kind === 'quote') return quoted(text, step, change)
  if (change.kind === 'splice') return splice(text, step, change)
  const edits = editsAt(text, step, change)
  return edits && { edits, change }
}

function editsAt(
  text: string,
  step: Step,
  change: Exclude<Change, { kind: 'insert' | 'quote' | 'splice' }>,
): readonly TextEdit[] | undefined {
  switch (change.kind) {
    case 'set':
      return typeof change.value === 'object' ? setList(text, step, change.value) : set(text, step, change.value)
    case 'rename':
      return step.entry && !step.entry.map.has(change.to)
        ? scalarEdits(text, step.entry.pair.key, change.to)
        : undefined
    case 'remove':
      return step.entry && removed(text, step.entry.map, step.entry.pair)
  }
}

function mapAt(document: Document, path: Change['path']): YAMLMap | undefined {
  const { steps, isThere, isShared } = fieldAt(document, [], path)
  const node = path.length === 0 ? document.contents : steps.at(-1)?.node
  return isThere && !isShared && isMap(node) ? node : undefined
}

function set(text: string, { node, entry }: Step, value: string | number): readonly TextEdit[] | undefined {
  const isEmpty = !node?.range || (isScalar(node) && node.type === Scalar.PLAIN && node.source === '')
  if (isScalar(node) && !isEmpty) return scalarEdits(text, node, value)
  if (!isEmpty || !entry) return undefined
  const colon = text.indexOf(':', entry.pair.key.range?.[1]) + 1
  return [{ start: colon, end: colon, text: ` ${newScalar(String(value), entry.map.flow)}` }]
}

/** In the style that the list has; comments between its items go with them. */
function setList(text: string, { node, entry }: Step, list: readonly string[]): readonly TextEdit[] | undefined {
  if (!entry) return undefined
  const { pair, map } = entry
  if (isSeq(node) && node.range) {
    const [start, end] = node.range
    if (node.flow) return [{ start, end, text: flowList(list) }]
    return [{ start, end: lastOffset(text, pair), text: blockList(list, columnOf(text, start)) }]
  }
  if (node?.range && node.range[0] < node.range[1]) return undefined
  const colon = text.indexOf(':', pair.key.range?.[1]) + 1
  return [{ start: colon, end: colon, text: newValue(list, map.flow, columnOf(text, startOf(pair))) }]
}

/** What follows the colon of a new entry whose key is in this column. */
function newValue(value: string | readonly string[], isFlow: boolean | undefined, column: number): string {
  if (typeof value === 'string') return ` ${newScalar(value, isFlow)}`
  return isFlow ? ` ${flowList(value)}` : `\n${' '.repeat(column)}${blockList(value, column)}`
}

function flowList(list: readonly string[]): string {
  return `[${list.map((one) => newScalar(one, true)).join(', ')}]`
}

function blockList(list: readonly string[], column: number): string {
  return list.map((one) => `- ${newScalar(one, false)}`).join(`\n${' '.repeat(column)}`)
}

function splice(
  text: string,
  { node }: Step,
  { path, edits }: Extract<Change, { kind: 'splice' }>,
): DocumentEdit | undefined {
  const value = isScalar(node) ? applied(String(node.value), edits) : undefined
  const sourceEdits = isScalar(node) ? spliced(text, node, edits) : undefined
  if (value === undefined || !sourceEdits) return undefined
  return { edits: sourceEdits, change: { kind: 'set', path, value } }
}

function quoted(text: string, { node }: Step, { path }: Change): DocumentEdit | undefined {
  if (!isScalar(node) || node.type !== Scalar.PLAIN || !node.range) return undefined
  const [start, end] = node.range
  const value = text.slice(start, end)
  return { edits: [{ start, end, text: emitQuoted(value) }], change: { kind: 'set', path, value } }
}

function inserted(
  text: string,
  { items, flow, range }: YAMLMap,
  { path, value, after }: Extract<Change, { kind: 'insert' }>,
): TextEdit | undefined {
  const entries = items as Entry[]
  const key = String(path.at(-1))
  const [first] = entries
  const column = first ? columnOf(text, startOf(first)) : 0
  const entry = `${newScalar(key, flow)}:${newValue(value, flow, column)}`
  if (flow) {
    const at = first ? startOf(first) : (range?.[0] ?? 0) + 1
    return { start: at, end: at, text: first ? `${entry}, ` : entry }
  }
  if (!first) return undefined
  const pad = ' '.repeat(column)
  const previous = entries.find((one) => one.key.value === after)
  if (!previous) return { start: startOf(first), end: startOf(first), text: `${entry}\n${pad}` }
  const lineEnd = endOfLine(text, lastOffset(text, previous))
  const isOpen = !text.slice(0, lineEnd).endsWith('\n')
  return { start: lineEnd, end: lineEnd, text: isOpen ? `\n${pad}${entry}` : `${pad}${entry}\n` }
}

/** Without the entry: in block style its whole lines; a comment of an entry before it stays. */
function removed(text: string, { items, flow }: YAMLMap, pair: Entry): readonly TextEdit[] | undefined {
  const entries = items as Entry[]
  const at = entries.indexOf(pair)
  const [previous, next] = [entries[at - 1], entries[at + 1]]
  const [start, end] = flow ? inFlow(text, pair, { previous, next }) : inBlock(text, pair, next)
  return end === undefined ? undefined : [{ start, end, text: '' }]
}

type Range = readonly [start: number, end: number | undefined]

interface Neighbours {
  readonly previous: Entry | undefined
  readonly next: Entry | undefined
}

/** With a comma; but a comment between is about the entry before, and then the comma may stay. */
function inFlow(text: string, pair: Entry, { previous, next }: Neighbours): Range {
  if (next || !previous) return [startOf(pair), next ? startOf(next) : endOf(pair)]
  const isCommented = text.slice(endOf(previous), startOf(pair)).includes('#')
  return [isCommented ? startOf(pair) : endOf(previous), endOf(pair)]
}

/** Whole lines; what follows a dash gives its place to the next entry. */
function inBlock(text: string, pair: Entry, next: Entry | undefined): Range {
  const start = startOf(pair)
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const end = endOfLine(text, lastOffset(text, pair))
  if (text.slice(lineStart, start).trim() === '') return [lineStart, end]
  const isAlone = next && text.slice(end, startOf(next)).trim() === ''
  return [start, isAlone && /^[ -]*$/.test(text.slice(lineStart, start)) ? startOf(next) : undefined]
}

function startOf({ key }: Entry): number {
  return key.range?.[0] as number
}

function endOf({ key, value }: Entry): number {
  return (value?.range?.[1] ?? key.range?.[1]) as number
}

/** Behind the last character of an entry that is not white space. */
function lastOffset(text: string, pair: Entry): number {
  const start = startOf(pair)
  return start + text.slice(start, endOf(pair)).trimEnd().length
}

/** Behind the line break of the line that `at` is in. */
function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at)
  return newline < 0 ? text.length : newline + 1
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1)
}
