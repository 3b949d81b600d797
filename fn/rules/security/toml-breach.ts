import type { Toml } from '../../toml/read-toml.ts'
import { placeOf, TOML_FIELD, valueAt } from '../../toml/value-at.ts'
import type { Breach } from '../breach.ts'

/** A finding about the key at `path` of a template's `buildkitdToml`, or the nearest that holds it. */
export function tomlBreach(toml: Toml | undefined, path: readonly string[], message: string): Breach {
  const nearest = path
    .map((_, at) => valueAt(toml, path.slice(0, path.length - at)))
    .find((found) => found !== undefined)
  return { path: TOML_FIELD, ...(nearest && placeOf(nearest)), message }
}
