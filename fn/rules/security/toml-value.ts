import { isMapping } from '../../item.ts'
import type { Toml } from '../../toml/read-toml.ts'

/** What a document has at `path`, whose keys count in any case as for BuildKit (go-toml); undefined where it has nothing, or is no TOML. */
export function tomlValue(toml: Toml | undefined, path: readonly string[]): unknown {
  return toml && 'value' in toml ? path.reduce(member, toml.value as unknown) : undefined
}

/** What a table has at `key`; undefined where it is no table. */
export function member(table: unknown, key: string): unknown {
  if (!isMapping(table)) return undefined
  const name = Object.keys(table).findLast((one) => one.toLowerCase() === key.toLowerCase())
  return name === undefined ? undefined : table[name]
}
