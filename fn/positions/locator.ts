import { type Document, isScalar, type Scalar } from 'yaml'
import { oncePer } from '../common/collections.ts'
import type { Item } from '../input/item.ts'
import { type Place, positionsOf } from '../input/place.ts'
import { type Finding, objectFinding } from '../results/finding.ts'
import { offsetIn } from '../toml/read-toml.ts'
import { type FieldAt, fieldAt, type Step } from '../yaml/field-at.ts'
import { parseNodes } from '../yaml/parse-nodes.ts'
import { valueOffsets } from '../yaml/value-offsets.ts'

/** What a finding is about, in the text that was read. */
export interface Located {
  readonly item: Item
  readonly place: Place
  /** Missing where the text is nested too deeply. */
  readonly document?: Document.Parsed
  /** Missing where the finding is about the object as a whole. */
  readonly field?: FieldAt
}

/** Finds what findings are about in the text that was read; undefined for what is not there, as a template in the configuration. Each document that has a finding is parsed once. */
export function locator(): (finding: Finding) => Located | undefined {
  const documents = new Map<string, Document.Parsed | undefined>()
  return ({ item, path }) => {
    if (!item?.place) return undefined
    const { place } = item
    const id = `${place.source.path ?? ''}\n${place.start}`
    if (!documents.has(id)) documents.set(id, parseNodes(place.source.text.slice(place.start, place.end)))
    const document = documents.get(id)
    if (!document) return { item, place }
    return { item, place, document, ...(path.length > 0 && { field: fieldAt(document, place.within, path) }) }
  }
}

/**
 * The offset in its source of what a finding is about: a field's key, that of what encloses a field which is missing, the setting in
 * `buildkitdToml`, the place where YAML ends to be such, or the object.
 */
export function offsetOf({ item, place, document, field }: Located, { toml }: Finding): number {
  const { source, start, end } = place
  const object = document?.getIn(place.within, true) as { range?: readonly number[] } | undefined
  const objectStart = (object ?? document?.contents)?.range?.[0] ?? 0
  if (item.error?.offset !== undefined) {
    // What was cut out of a List has offsets of its own.
    if (place.within.length === 0) return start + item.error.offset
    return start + (document?.errors.find(({ pos }) => pos[0] >= objectStart)?.pos[0] ?? objectStart)
  }
  const last = field?.steps.at(-1)
  if (toml && field?.isThere && isScalar(last?.node))
    return start + textOffset(source.text.slice(start, end), last.node, offsetIn(toml))
  return start + ((last && startOf(last)) ?? objectStart)
}

function startOf({ node, entry }: Step): number | undefined {
  return entry?.pair.key.range?.[0] ?? node?.range?.[0]
}

/** The offset in `source` of a place in the text that a scalar stands for; where that is not sure, where the scalar begins. */
function textOffset(source: string, scalar: Scalar, index: number): number {
  const offsets = valueOffsets(source, scalar)
  const [start] = scalar.range as [number, number, number]
  return offsets[Math.min(index, offsets.length - 1)] ?? start
}

/** Where an object is, in words: its file, and its line where that is known. */
export const placeOf = oncePer((item: Item): string => {
  const finding = objectFinding('error', item, '')
  const located = locator()(finding)
  const line = located && positionsOf(located.place.source)(offsetOf(located, finding)).line
  if (item.origin) return line === undefined ? item.origin.path : `${item.origin.path}:${line}`
  return line === undefined ? 'the input' : `line ${line} of the input`
})
