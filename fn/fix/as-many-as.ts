/** After so many that do not go together the others are left. */
const TRIES_MAX = 100

/**
 * What `make` makes of all of `parts`; else of as many of them as it takes together, each in turn. Undefined where it takes none.
 */
export function asManyAs<P, R>(parts: readonly P[], make: (parts: readonly P[]) => R | undefined): R | undefined {
  if (parts.length === 0) return undefined
  const all = make(parts)
  if (all !== undefined || parts.length === 1) return all
  let taken: readonly P[] = []
  let made: R | undefined
  for (const part of parts.slice(0, TRIES_MAX)) {
    const more = make([...taken, part])
    if (more === undefined) continue
    taken = [...taken, part]
    made = more
  }
  return made
}
