import type { TomlDocument } from './read-toml.ts'
import { type TomlValue, valuesAt } from './values-at.ts'

/** The elements of the lists that a document has at some keys. */
export function elementsAt(toml: TomlDocument, keys: readonly string[]): readonly TomlValue[] {
  return valuesAt(toml, keys).flatMap(({ path, value: list }) => {
    return Array.isArray(list) ? list.map((value: unknown, at) => ({ path: [...path, at], value })) : []
  })
}
