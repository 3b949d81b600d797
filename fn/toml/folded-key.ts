import type { TableShape } from '../upstream/buildkit/shape.ts'

/** The key of a table as its shape spells it: BuildKit's reader does not tell capitals from small letters. */
export function foldedKey({ keys }: TableShape, key: string): string | undefined {
  if (Object.hasOwn(keys, key)) return key
  const folded = key.toLowerCase()
  return Object.keys(keys).find((known) => known.toLowerCase() === folded)
}
