import { overrideAt } from '../../toml/override.ts'
import type { TomlPlace } from '../../toml/toml-place.ts'
import { TOML_FIELD } from '../../toml/value-at.ts'
import type { Breach } from './breach.ts'

/** What is wrong with a setting of buildkitd: where `buildkitdToml` has it, or the flag that sets it. */
export function breachAt({ toml, path }: TomlPlace, message: string): Breach {
  const override = 'value' in toml ? overrideAt(toml, path) : undefined
  const original = 'value' in toml ? (toml.original ?? toml) : toml
  if (!override) return { path: TOML_FIELD, toml: { toml: original, path }, message }
  return { path: override.field, message: `${message}; \`${override.name}\` sets it` }
}
