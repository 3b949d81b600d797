import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap } from 'yaml'
import type { Path } from '../../crds/validate.ts'
import { oncePer } from '../common/collections.ts'
import { parseNodes } from './parse-nodes.ts'
import { keyOf } from './scalars.ts'

/** An entry of a mapping, or an item of a sequence (which has no `entry`). */
export interface Step {
  readonly node: Node | null
  readonly entry?: { readonly map: YAMLMap; readonly pair: Pair<Scalar, Node | null> }
}

/** The way from an object to one of its fields. */
export interface FieldAt {
  /** From the outside in, as far as the document has them. */
  readonly steps: readonly Step[]
  /** Whether the field itself is there. */
  readonly isThere: boolean
  /** Whether the way leads through an alias or a merge key, so that the same text is a part of other objects too. */
  readonly isShared: boolean
}

interface Walk {
  readonly document: Document
  isShared: boolean
  merges: number
}

/** Mappings that merge each other in a circle have no end. */
const MERGES_MAX = 10

/** Where `path` leads in what is found at `within`. */
export function fieldAt(document: Document, within: Path, path: Path): FieldAt {
  const walk: Walk = { document, isShared: false, merges: 0 }
  const steps: Step[] = []
  let node = within.reduce<unknown>(child, document.contents)
  for (const key of path) {
    const step = stepTo(walk, node, key)
    if (!step) break
    steps.push(step)
    node = step.node
  }
  return { steps, isThere: steps.length === path.length, isShared: walk.isShared }
}

function child(node: unknown, key: string | number): unknown {
  return isMap(node) || isSeq(node) ? node.get(key, true) : undefined
}

function stepTo(walk: Walk, from: unknown, key: string | number): Step | undefined {
  const node = resolved(walk, from)
  if (isMap(node)) return entryIn(walk, node, String(key))
  return isSeq(node) && key in node.items ? { node: node.items[Number(key)] as Node } : undefined
}

function entryIn(walk: Walk, map: YAMLMap, key: string): Step | undefined {
  const pair = entriesOf(map).get(key)
  if (pair) return { node: pair.value, entry: { map, pair } }
  return walk.merges++ < MERGES_MAX ? mergedEntryIn(walk, map, key) : undefined
}

type Entry = Pair<Scalar, Node | null>

/** The entries of a mapping by their names; kept, since there may be a finding for each of them. */
const entriesOf = oncePer((map: YAMLMap) => new Map(named(map.items as Entry[]).reverse()))

function named(entries: readonly Entry[]): [string, Entry][] {
  return entries.flatMap((entry) => (isScalar(entry.key) ? [[nameOf(entry.key), entry]] : []))
}

function mergedEntryIn(walk: Walk, map: YAMLMap, key: string): Step | undefined {
  const value = map.items.find((item) => isScalar(item.key) && item.key.value === '<<')?.value
  const sources = isSeq(value) ? value.items : [value]
  for (const source of sources) {
    const node = isAlias(source) ? source.resolve(walk.document) : source
    const step = isMap(node) ? entryIn(walk, node, key) : undefined
    if (!step) continue
    walk.isShared = true
    return step
  }
  return undefined
}

function resolved(walk: Walk, node: unknown): unknown {
  if (!isAlias(node)) return node
  walk.isShared = true
  return node.resolve(walk.document)
}

/** As the reader has it: a plain `on` is the boolean true. */
function nameOf({ type, value }: Scalar): string {
  const text = String(value)
  return (type === Scalar.PLAIN && keyOf(text)) || text
}

/** Finds plain scalars in the text of an object, which may be an item of a sequence; it is parsed when the first is asked for. */
export function plainScalars(text: string): (path: Path) => string | undefined {
  let document: Document | undefined
  return (path) => {
    document ??= text === '' ? undefined : parseNodes(text)
    if (!document) return undefined
    const node = fieldAt(document, isSeq(document.contents) ? [0] : [], path).steps.at(path.length - 1)?.node
    return isScalar(node) && node.type === Scalar.PLAIN ? String(node.source) : undefined
  }
}
