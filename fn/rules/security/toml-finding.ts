import type { Toml } from '../../toml/read-toml.ts'
import type { Finding } from '../finding.ts'
import { tomlPlace } from './toml-place.ts'

/** A finding about the key at `path` of a template's `buildkitdToml`. */
export function tomlFinding(toml: Toml | undefined, path: readonly string[], message: string): Finding {
  const place = toml && tomlPlace(toml.text, path)
  return { path: 'spec.buildkitdToml', message, ...(place && { toml: place }) }
}
