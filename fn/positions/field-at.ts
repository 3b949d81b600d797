import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap } from 'yaml'
import { oncePer } from '../once-per.ts'
import { resolveScalar } from '../yaml/resolve-scalar.ts'

/** An entry of a mapping, or an item of a sequence (which has no `pair`). */
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
  readonly steps: Step[]
  isShared: boolean
  merges: number
}

/** Mappings that merge each other in a circle have no end. */
const MERGES_MAX = 10

/** Where `path` (`spec.tolerations[0].key`, `metadata.labels[example.com/team]`) leads in what is found at `within`. */
export function fieldAt(document: Document, within: readonly (string | number)[], path: string): FieldAt {
  const walk: Walk = { document, steps: [], isShared: false, merges: 0 }
  const object = within.reduce<unknown>((node, key) => child(node, key), document.contents)
  const rest = follow(walk, object, path)
  return { steps: walk.steps, isThere: rest === '', isShared: walk.isShared }
}

function child(node: unknown, key: string | number): unknown {
  return isMap(node) || isSeq(node) ? node.get(key, true) : undefined
}

/** What is left of `path` where the document ends. */
function follow(walk: Walk, start: unknown, path: string): string {
  let node = start
  let rest = path
  while (rest !== '') {
    node = resolved(walk, node)
    const next = isSeq(node) ? itemIn(node.items, rest) : isMap(node) && entryIn(walk, node, rest)
    if (!next) return rest
    walk.steps.push(next.step)
    node = next.step.node
    rest = next.rest
  }
  return rest
}

type Next = { readonly step: Step; readonly rest: string } | undefined

function itemIn(items: readonly unknown[], path: string): Next {
  const [all, at] = /^\[(\d+)\]/.exec(path) ?? []
  if (all === undefined || !(Number(at) in items)) return undefined
  return { step: { node: items[Number(at)] as Node }, rest: path.slice(all.length) }
}

/** The entry whose key `path` begins with: the longest, since keys may have dots in them. */
function entryIn(walk: Walk, map: YAMLMap, path: string): Next {
  const entries = entriesOf(map)
  for (const { key, rest } of beginningsOf(path)) {
    const pair = entries.get(key)
    if (pair) return { step: { node: pair.value, entry: { map, pair } }, rest }
  }
  return walk.merges++ < MERGES_MAX ? mergedEntryIn(walk, map, path) : undefined
}

type Entry = Pair<Scalar, Node | null>

/** The entries of a mapping by their names; kept, since there may be a result for each of them. */
const entriesOf = oncePer((map: YAMLMap) => new Map(named(map.items as Entry[]).reverse()))

function named(entries: readonly Entry[]): [string, Entry][] {
  return entries.flatMap((entry) => (isScalar(entry.key) ? [[nameOf(entry.key), entry]] : []))
}

function mergedEntryIn(walk: Walk, map: YAMLMap, path: string): Next {
  const value = map.items.find(({ key }) => isScalar(key) && key.value === '<<')?.value
  const sources = isSeq(value) ? value.items : [value]
  for (const source of sources) {
    const node = isAlias(source) ? source.resolve(walk.document) : source
    const next = isMap(node) ? entryIn(walk, node, path) : undefined
    if (!next) continue
    walk.isShared = true
    return next
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
  return type === Scalar.PLAIN ? String(resolveScalar(String(value))) : String(value)
}

/** The keys that a path may begin with, the longest first, each with what is left of the path. */
function beginningsOf(path: string): readonly { readonly key: string; readonly rest: string }[] {
  if (path.startsWith('['))
    return endsIn(path, /\]/g).map((end) => ({ key: path.slice(1, end), rest: path.slice(end + 1) }))
  const field = path.startsWith('.') ? path.slice(1) : path
  return endsIn(field, /[.[]|$/g).map((end) => ({ key: field.slice(0, end), rest: field.slice(end) }))
}

function endsIn(path: string, end: RegExp): readonly number[] {
  return [...path.matchAll(end)].map(({ index }) => index).reverse()
}
