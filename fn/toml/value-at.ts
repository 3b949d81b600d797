import type { Toml } from './read-toml.ts'
import { type TomlValue, valuesAt } from './values-at.ts'

/** The value that BuildKit takes from some keys of a document, or of a table in it: the last, where they are there in two spellings. */
export function valueAt(within: Toml | TomlValue | undefined, keys: readonly string[]): TomlValue | undefined {
  return valuesAt(within, keys).at(-1)
}

/** The field of a template that is TOML. */
export const TOML_FIELD = ['spec', 'buildkitdToml'] as const
