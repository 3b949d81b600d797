import type { Toml } from '../../toml/read-toml.ts'
import type { Finding } from '../finding.ts'
import { type TomlPlaces, tomlPlace, tomlPlaces } from './toml-place.ts'

/** A document may have thousands of keys that are wrong. */
const known = new WeakMap<Toml, TomlPlaces>()

/** A finding about the key at `path` of a template's `buildkitdToml`. */
export function tomlFinding(toml: Toml | undefined, path: readonly string[], message: string): Finding {
  const place = toml && tomlPlace(placesIn(toml), path)
  return { path: 'spec.buildkitdToml', message, ...(place && { toml: place }) }
}

function placesIn(toml: Toml): TomlPlaces {
  const places = known.get(toml) ?? tomlPlaces(toml.text)
  known.set(toml, places)
  return places
}
