import { grouped, oncePer } from '../common/collections.ts'
import type { KeyPath } from './key-positions.ts'
import type { Override, TomlDocument } from './read-toml.ts'

/** What sets the value at a path, where that is not the document; of a list the part that its element comes from. */
export function overrideAt(toml: TomlDocument, path: KeyPath): Override | undefined {
  const { overrides = [], positions } = toml
  if (overrides.length === 0) return undefined
  const near = path.slice(0, KEYS_MAX)
  const found = near.map((_, depth) => byKey(toml).get(idOf(path.slice(0, depth + 1)))).find(Boolean)
  if (!found) return positions.nodeAt(path) ? undefined : overrides.find(({ keys }) => isWithin(keys, path))
  const index = path[found[0]?.keys.length ?? 0]
  return typeof index === 'number' ? found[index] : found.at(-1)
}

/** More keys lead to nothing that a flag sets. */
const KEYS_MAX = 5

const byKey = oncePer(({ overrides = [] }: TomlDocument) => grouped(overrides, ({ keys }) => idOf(keys)))

/** Of keys in whatever capitals. */
function idOf(keys: KeyPath): string {
  return keys.join('.').toLowerCase()
}

function isWithin(keys: KeyPath, path: KeyPath): boolean {
  return idOf(keys.slice(0, path.length)) === idOf(path)
}
