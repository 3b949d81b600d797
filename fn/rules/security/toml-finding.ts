import type { Toml } from '../../toml/read-toml.ts'
import { placeOf, valueAt } from '../../toml/value-at.ts'
import type { Finding } from '../finding.ts'

/** A finding about the key at `path` of a template's `buildkitdToml`, or the nearest that holds it. */
export function tomlFinding(toml: Toml | undefined, path: readonly string[], message: string): Finding {
  const nearest = path
    .map((_, at) => valueAt(toml, path.slice(0, path.length - at)))
    .find((found) => found !== undefined)
  return { path: 'spec.buildkitdToml', ...(nearest && placeOf(nearest)), message }
}
