import { oncePer } from '../../common/collections.ts'
import type { KeyPath, KeyPositions } from '../../toml/key-positions.ts'
import type { TomlDocument, TomlTable } from '../../toml/read-toml.ts'
import { isTomlTable } from '../../toml/values-at.ts'
import { BUILDKITD_KEYS } from './buildkitd-keys.ts'
import type { ListShape, Scalar, Shape, TableShape } from './shape.ts'
import { parseDuration, parseSize } from './sizes.ts'

/** Nobody reads more of them, and each takes its time to explain. */
export const MISTAKES_MAX = 1000

/** Everything in a document that BuildKit's reader (go-toml v2 into its `Config`) refuses or ignores, or the first thousand of it. */
export const mistakesIn = oncePer(firstOf)

function firstOf({ value, positions }: TomlDocument): readonly Mistake[] {
  const found: Mistake[] = []
  for (const mistake of inTable({ path: [], value, positions }, value, BUILDKITD_KEYS)) {
    found.push(mistake)
    if (found.length === MISTAKES_MAX) break
  }
  return found
}

interface Place {
  readonly path: KeyPath
  readonly value: unknown
  readonly positions: KeyPositions
}

function* inValue(place: Place, shape: Shape): Generator<Mistake> {
  const { value } = place
  if (typeof shape === 'string') yield* inScalar(place, shape)
  else if ('list' in shape) yield* inList(place, shape)
  else if (!isTomlTable(value)) yield typeMistake(place, 'a table')
  else if ('keys' in shape) yield* inTable(place, value, shape)
  else for (const [key, each] of Object.entries(value)) yield* inValue(within(place, key, each), shape.each)
}

function* inTable(place: Place, table: TomlTable, shape: TableShape): Generator<Mistake> {
  const spelled = new Map<string, string>()
  const siblings = new Set(Object.keys(table).map((key) => key.toLowerCase()))
  for (const [key, value] of Object.entries(table)) {
    const inner = within(place, key, value)
    const name = foldedKey(shape, key)
    if (name === undefined) {
      yield { kind: 'unknown', path: inner.path, value, table: shape, siblings }
      continue
    }
    const other = spelled.get(name)
    if (other !== undefined) yield { kind: 'twice', path: inner.path, value, other: [...place.path, other] }
    spelled.set(name, key)
    yield* inValue(inner, shape.keys[name] as Shape)
  }
}

function* inList(place: Place, { list }: ListShape): Generator<Mistake> {
  const { path, value, positions } = place
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield* inValue(within(place, index, element), list)
  } else if (isTomlTable(value) && typeof list === 'object' && positions.valueText(path) === undefined) {
    // One table under a header with single brackets is a list of one, a table in braces is not.
    yield* inValue(place, list)
  } else yield typeMistake(place, typeof list === 'object' ? 'a list of tables' : 'a list of strings')
}

/** What a table is to BuildKit where it stands for a text of its own kind. */
const FIELDS: Readonly<Record<'duration' | 'size', TableShape>> = {
  duration: { keys: {} },
  size: { keys: { Bytes: 'integer', Percentage: 'integer' } },
}

function* inScalar(place: Place, scalar: Scalar): Generator<Mistake> {
  const { path, value } = place
  if (scalar !== 'duration' && scalar !== 'size') {
    const expected = isScalar(value, scalar)
    if (expected !== true) yield typeMistake(place, expected)
  } else if (isTomlTable(value)) yield* inTable(place, value, FIELDS[scalar])
  else if (Array.isArray(value) || value instanceof Date) yield typeMistake(place, `a ${scalar}`)
  else {
    const text = textOf(place)
    const parsed = scalar === 'duration' ? parseDuration(text) : parseSize(text)
    if (parsed === undefined) yield { kind: scalar, path, value }
  }
}

/** What BuildKit parses: a number as it is written. */
function textOf({ path, value, positions }: Place): string {
  if (typeof value === 'string') return value
  return positions.valueText(path) ?? String(value)
}

function within({ path, positions }: Place, key: string | number, value: unknown): Place {
  return { path: [...path, key], value, positions }
}

function typeMistake({ path, value }: Place, expected: string): Mistake {
  return { kind: 'type', path, value, expected }
}

/** A place where a document is not what BuildKit reads. */
export type Mistake = { readonly path: KeyPath; readonly value: unknown } & (
  | Unknown
  | { readonly kind: 'twice'; readonly other: KeyPath }
  | { readonly kind: 'type'; readonly expected: string }
  | { readonly kind: 'duration' | 'size' }
)

/** A key that BuildKit does not have, the table that it stands in, and what else there is in that, in small letters. */
interface Unknown {
  readonly kind: 'unknown'
  readonly table: TableShape
  readonly siblings: ReadonlySet<string>
}

export type UnknownKey = Extract<Mistake, { kind: 'unknown' }>

const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n }

/** Whether a value is of a type that has no parser of its own, or else what it must be. */
function isScalar(value: unknown, scalar: Exclude<Scalar, 'duration' | 'size'>): true | string {
  switch (scalar) {
    case 'anything':
      return holdsInts(value) || 'of whole numbers of 64 bits'
    case 'string':
      return typeof value === 'string' || 'a string'
    case 'boolean':
      return typeof value === 'boolean' || 'true or false'
    case 'integer':
      return isWhole(value, INT64.least) || 'a whole number'
    case 'unsigned':
      return isWhole(value, 0n) || 'a whole number of at least 0'
  }
}

function isWhole(value: unknown, least: bigint): boolean {
  return typeof value === 'bigint' && value >= least && value <= INT64.most
}

/** Whether all whole numbers in a value of any type fit; without recursion, since headers may nest tables without end. */
function holdsInts(value: unknown): boolean {
  const left = [value]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one === 'bigint' && !isWhole(one, INT64.least)) return false
    if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) left.push(inner)
  }
  return true
}

/** The key of a table as its shape spells it: BuildKit's reader does not tell capitals from small letters. */
export function foldedKey({ keys }: TableShape, key: string): string | undefined {
  if (Object.hasOwn(keys, key)) return key
  const folded = key.toLowerCase()
  return Object.keys(keys).find((known) => known.toLowerCase() === folded)
}
