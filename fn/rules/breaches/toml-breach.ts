import type { TomlDocument } from '../../toml/read-toml.ts'
import { TOML_FIELD, valueAt } from '../../toml/value-at.ts'
import type { Breach } from './breach.ts'
import { breachAt } from './breach-at.ts'

/** A finding about the setting at `path`, or the nearest that holds it. */
export function tomlBreach(settings: TomlDocument | undefined, path: readonly string[], message: string): Breach {
  const nearest = path
    .map((_, at) => valueAt(settings, path.slice(0, path.length - at)))
    .find((found) => found !== undefined)
  return nearest ? breachAt(nearest, message) : { path: TOML_FIELD, message }
}
