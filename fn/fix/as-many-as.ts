/** After so many tries the other parts are left. */
const TRIES_MAX = 100
/** As many characters as are read in half a second. */
const LENGTH_MAX = 1_000_000

/**
 * What `make` makes of all of `parts`; else of as many of them as it takes together, each in turn. Undefined where it takes none.
 * Each try reads a text of `length` characters.
 */
export function asManyAs<P, R>(
  length: number,
  parts: readonly P[],
  make: (parts: readonly P[]) => R | undefined,
): R | undefined {
  if (parts.length === 0) return undefined
  const all = make(parts)
  if (all !== undefined || parts.length === 1) return all
  let taken: readonly P[] = []
  let made: R | undefined
  for (const part of parts.slice(0, Math.min(TRIES_MAX, LENGTH_MAX / length))) {
    const more = make([...taken, part])
    if (more === undefined) continue
    taken = [...taken, part]
    made = more
  }
  return made
}
