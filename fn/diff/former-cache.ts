import type { Wanted } from '../render/plan.ts'
import { type CacheFate, type CacheKind, kindOfCache } from './cache-of.ts'
import type { Side } from './side.ts'

/** A cache as the version before a change has it, and what becomes of it. */
export interface FormerCache {
  readonly before: CacheKind
  readonly fate: CacheFate
  /** Of all Pods that are meant, at most; missing where nothing limits it. */
  readonly bytes?: number
}

interface Context {
  readonly limits: Side['cacheLimits']
  readonly fate: CacheFate
}

/** The cache that a builder has before a change: by default in all of its Pods. */
export function formerCache({ builder, pods }: Wanted, { limits, fate }: Context, count = pods.length): FormerCache {
  const limit = limits.get(builder.template)
  return { before: kindOfCache(builder), fate, ...(limit !== undefined && { bytes: limit * count }) }
}
