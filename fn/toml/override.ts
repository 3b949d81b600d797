import type { Path } from '../../crds/validate.ts'
import type { KeyPath } from './key-positions.ts'
import type { TomlDocument } from './read-toml.ts'

/** A key whose value is not that of the document, but of something that wins over it. */
export interface Override {
  readonly keys: readonly string[]
  readonly value: unknown
  /** What sets it: `--debugaddr`. */
  readonly name: string
  /** The field of the template that has it. */
  readonly field: Path
}

/** What sets the value at a path, where that is not the document; of a list the part that its element comes from. */
export function overrideAt({ overrides = [], positions }: TomlDocument, path: KeyPath): Override | undefined {
  const found = overrides.filter(({ keys }) => isWithin(path, keys))
  if (found.length === 0) return positions.nodeAt(path) ? undefined : overrides.find(({ keys }) => isWithin(keys, path))
  const index = path[found[0]?.keys.length ?? 0]
  return typeof index === 'number' ? found[index] : found.at(-1)
}

function isWithin(path: KeyPath, keys: KeyPath): boolean {
  return keys.every((key, at) => String(key).toLowerCase() === String(path[at]).toLowerCase())
}
