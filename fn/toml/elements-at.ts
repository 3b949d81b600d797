import { isTomlTable } from './is-toml-table.ts'
import type { Toml } from './read-toml.ts'
import { type TomlValue, valuesAt } from './values-at.ts'

/** The elements of the lists that a document has at some keys; one table under a header with single brackets is a list of it. */
export function elementsAt(within: Toml | TomlValue | undefined, keys: readonly string[]): readonly TomlValue[] {
  return valuesAt(within, keys).flatMap((one) => {
    if (!Array.isArray(one.value)) return isTomlTable(one.value) ? [one] : []
    return one.value.map((value: unknown, at) => ({ ...one, path: [...one.path, at], value }))
  })
}
