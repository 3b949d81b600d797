import type { Handover } from '../render/engine-annotations.ts'
import { handoverOf } from './at-once.ts'
import { type CacheFate, type CacheKind, fateOfRolled, kindOfCache } from './cache-of.ts'
import { type Both, type Change, type Fields, type TemplateName, togetherAlike } from './changes.ts'
import type { Side } from './side.ts'

/** Builders that get another Pod, for the same reasons. */
export interface Roll extends Change {
  readonly cache: CacheChange
  readonly handover: Handover
}

export interface CacheChange {
  readonly before: CacheKind
  readonly after: CacheKind
  readonly fate: CacheFate
  /** Of one builder at most, before; missing where nothing limits it. */
  readonly bytes?: number
}

interface Context {
  readonly limits: Side['cacheLimits']
  readonly nameOf: TemplateName
}

/** Builders that roll, with what changes in them and what becomes of their caches. */
export function rollsOf(
  rolling: readonly { readonly both: Both; readonly more: Fields }[],
  { limits, nameOf }: Context,
): readonly Roll[] {
  const all = rolling.map(({ both, more }) => ({
    both,
    more: { ...more, cache: cacheChange(both, limits), handover: handoverOf(both.young) },
  }))
  return togetherAlike(all, nameOf)
}

function cacheChange({ old, young }: Both, limits: Side['cacheLimits']): CacheChange {
  const limit = limits.get(old.builder.template)
  return {
    before: kindOfCache(old.builder),
    after: kindOfCache(young.builder),
    fate: fateOfRolled(old, young),
    ...(limit !== undefined && { bytes: limit * old.pods.length }),
  }
}
