import { grouped } from '../common/collections.ts'
import { fateOfRemoved } from './cache-of.ts'
import type { Both } from './changes.ts'
import { type FormerCache, formerCache } from './former-cache.ts'
import type { Side } from './side.ts'

/** Builders that get another number of replicas. */
export interface Scaling {
  readonly builders: readonly string[]
  readonly before: number
  readonly after: number
  /** What becomes of the cache of each Pod that goes, with its size; missing where Pods come. */
  readonly cache?: FormerCache
}

/** The builders that get another number of replicas, those that change alike together. */
export function scalingsOf(all: readonly Both[], limits: Side['cacheLimits']): readonly Scaling[] {
  const scaled = all.filter(({ old, young }) => old.pods.length !== young.pods.length)
  const scalings = scaled.map((both) => ({ name: both.name, scaling: scalingOf(both, limits) }))
  return [...grouped(scalings, ({ scaling }) => JSON.stringify(scaling)).values()].map((alike) => ({
    builders: alike.map(({ name }) => name),
    ...alike[0].scaling,
  }))
}

function scalingOf({ old, young }: Both, limits: Side['cacheLimits']): Omit<Scaling, 'builders'> {
  const [before, after] = [old.pods.length, young.pods.length]
  if (after > before) return { before, after }
  return { before, after, cache: formerCache(old, { limits, fate: fateOfRemoved(old) }, 1) }
}
