import type { KeyPath } from '../../toml/key-positions.ts'
import { isBefore } from '../is-before.ts'
import type { ImageFacts } from './image-facts.ts'
import { sinceOf } from './later-keys.ts'

/** Whether the BuildKit of an image has a key: older ones ignore what came later, whatever its value is. */
export function isReadBy({ version }: ImageFacts, path: KeyPath): boolean {
  const since = sinceOf(path)
  return since === undefined || !isBefore(version, since)
}
