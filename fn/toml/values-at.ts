import { grouped } from '../grouped.ts'
import { isTomlTable } from './is-toml-table.ts'
import type { KeyPath } from './key-positions.ts'
import type { TomlDocument, TomlTable } from './read-toml.ts'

/** A value with the keys that lead to it, as the document spells them. */
export interface TomlValue {
  readonly path: KeyPath
  readonly value: unknown
}

/**
 * What a document has at some keys, of which "*" is any: there may be several, because BuildKit takes `Root` for `root`, and because a
 * list is gone through.
 */
export function valuesAt({ value }: TomlDocument, keys: readonly string[]): readonly TomlValue[] {
  return keys.reduce<readonly TomlValue[]>(
    (found, key) => found.flatMap((one) => inside(one, key)),
    [{ path: [], value }],
  )
}

function inside({ path, value }: TomlValue, key: string): readonly TomlValue[] {
  if (Array.isArray(value)) return value.flatMap((element, at) => inside({ path: [...path, at], value: element }, key))
  if (!isTomlTable(value)) return []
  const names = key === '*' ? Object.keys(value) : (namesIn(value).get(key.toLowerCase()) ?? [])
  return names.map((name) => ({ path: [...path, name], value: value[name] }))
}

const known = new WeakMap<TomlTable, ReadonlyMap<string, readonly string[]>>()

/** The keys of a table by their small letters; kept, since every rule asks. */
function namesIn(table: TomlTable): ReadonlyMap<string, readonly string[]> {
  const names = known.get(table) ?? grouped(Object.keys(table), (name) => name.toLowerCase())
  known.set(table, names)
  return names
}
