import { grouped, oncePer } from '../common/collections.ts'
import type { KeyPath } from './key-positions.ts'
import type { Toml, TomlDocument, TomlTable } from './read-toml.ts'

/** A value of a document, with the keys that lead to it as they are spelled there. */
export interface TomlValue {
  readonly toml: TomlDocument
  readonly path: KeyPath
  readonly value: unknown
}

/**
 * What a document, or a table in it, has at some keys, of which "*" is any: there may be several, because BuildKit takes `Root` for
 * `root`, and because a list is gone through. None where the text is no TOML.
 */
export function valuesAt(within: Toml | TomlValue | undefined, keys: readonly string[]): readonly TomlValue[] {
  let found = startOf(within)
  // Rules ask for hundreds of keys, nearly none of which a document has.
  for (let at = 0; at < keys.length && found.length > 0; at++) found = insideAll(found, keys[at] as string)
  return found
}

function startOf(within: Toml | TomlValue | undefined): readonly TomlValue[] {
  if (within === undefined || 'error' in within) return []
  return ['path' in within ? within : { toml: within, path: [], value: within.value }]
}

function insideAll(tables: readonly TomlValue[], key: string): readonly TomlValue[] {
  const [first] = tables
  return first && tables.length === 1 ? inside(first, key) : tables.flatMap((one) => inside(one, key))
}

function inside({ toml, path, value }: TomlValue, key: string): readonly TomlValue[] {
  if (Array.isArray(value)) {
    return value.flatMap((element: unknown, at) => inside({ toml, path: [...path, at], value: element }, key))
  }
  if (!isTomlTable(value)) return []
  const names = key === '*' ? Object.keys(value) : (namesIn(value).get(key.toLowerCase()) ?? [])
  return names.map((name) => ({ toml, path: [...path, name], value: value[name] }))
}

/** The keys of a table by their small letters; kept, since every rule asks. */
const namesIn = oncePer((table: TomlTable) => grouped(Object.keys(table), (name) => name.toLowerCase()))

/** The value that BuildKit takes from some keys of a document, or of a table in it: the last, where they are there in two spellings. */
export function valueAt(within: Toml | TomlValue | undefined, keys: readonly string[]): TomlValue | undefined {
  return valuesAt(within, keys).at(-1)
}

/** The field of a template that is TOML. */
export const TOML_FIELD = ['spec', 'buildkitdToml'] as const

/** The elements of the lists that a document has at some keys; one table under a header with single brackets is a list of it. */
export function elementsAt(within: Toml | TomlValue | undefined, keys: readonly string[]): readonly TomlValue[] {
  return valuesAt(within, keys).flatMap((one) => {
    if (!Array.isArray(one.value)) return isTomlTable(one.value) ? [one] : []
    return one.value.map((value: unknown, at) => ({ ...one, path: [...one.path, at], value }))
  })
}

/** Whether a value is a table, and not a list or a date. */
export function isTomlTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
