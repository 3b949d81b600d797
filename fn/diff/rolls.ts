import type { Handover } from '../render/engine-annotations.ts'
import type { Wanted } from '../render/plan.ts'
import { handoverOf } from './at-once.ts'
import { type CacheKind, fateOfRemoved, fateOfRolled, kindOfCache } from './cache-of.ts'
import { type Both, type Change, type Fields, hasChanges, type TemplateName, togetherAlike } from './changes.ts'
import { type FormerCache, formerCache } from './former-cache.ts'
import type { Side } from './side.ts'

/** Builders that get another Pod, for the same reasons. */
export interface Roll extends Change {
  readonly cache: CacheChange
  readonly handover: Handover
  /** Whether no field explains it, but the Pods in Git, which are not those that the package renders to. */
  readonly isStale?: true
}

/** What becomes of the cache of a builder that rolls. */
interface CacheChange extends FormerCache {
  readonly after: CacheKind
  /** Whether a cache that is lost stays where it is, and nothing uses it: deleting it is up to people. */
  readonly remains?: true
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
    more: {
      ...more,
      cache: cacheChange(both, limits),
      handover: handoverOf(both.young),
      ...(!hasChanges(more) && isStale(both.young) && { isStale: true as const }),
    },
  }))
  return togetherAlike(all, nameOf)
}

function isStale({ builder, pods: [{ pod }] }: Wanted): boolean {
  const { podName } = builder.buildkit.value.spec
  return podName !== undefined && podName !== pod.name
}

function cacheChange({ old, young }: Both, limits: Side['cacheLimits']): CacheChange {
  const fate = fateOfRolled(old, young)
  const { before, ...former } = formerCache(old, { limits, fate })
  const remains = fate === 'lost' && fateOfRemoved(old) !== 'lost'
  return { before, after: kindOfCache(young.builder), ...former, ...(remains && { remains }) }
}
