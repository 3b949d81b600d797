import type { PackageDiff } from './package-diff.ts'

/** Caches that a change loses. */
export interface Loss {
  /** How many builders lose the cache of at least one Pod. */
  readonly builders: number
  /** At most; missing where nothing limits one of them. */
  readonly bytes?: number
}

/** What all builders lose that roll, get fewer replicas or go. All Pods of one that rolls have lost theirs already. */
export function lossOf({ rolls, scalings, removed }: PackageDiff): Loss {
  const rolled = rolls.filter(({ cache }) => cache.fate === 'lost')
  const rolledNames = new Set(rolled.flatMap(({ builders }) => builders))
  const all: readonly (readonly [builders: number, bytesOfOne: number | undefined])[] = [
    ...rolled.map(({ builders, cache }) => [builders.length, cache.bytes] as const),
    ...scalings.flatMap(({ builders, before, after, cache }) => {
      const count = builders.filter((name) => !rolledNames.has(name)).length
      const bytes = cache?.bytes === undefined ? undefined : cache.bytes * (before - after)
      return cache?.fate === 'lost' && count > 0 ? [[count, bytes] as const] : []
    }),
    ...removed.flatMap(({ cache }) => (cache.fate === 'lost' ? [[1, cache.bytes] as const] : [])),
  ]
  const isLimited = all.every(([, bytes]) => bytes !== undefined)
  return {
    builders: all.reduce((sum, [builders]) => sum + builders, 0),
    ...(isLimited && { bytes: all.reduce((sum, [builders, bytes = 0]) => sum + builders * bytes, 0) }),
  }
}
