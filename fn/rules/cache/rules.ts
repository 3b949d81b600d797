import type { Rule } from '../rule.ts'
import { AMOUNTS_BESIDE_POLICIES } from './amounts-beside-policies.ts'
import { CEILING_ABOVE_LIMIT } from './ceiling-above-limit.ts'
import { GC_OFF } from './gc-off.ts'
import { GC_OFF_WITH_LIMIT } from './gc-off-with-limit.ts'
import { IMPOSSIBLE_SHARE } from './impossible-share.ts'
import { KEEPS_NOTHING } from './keeps-nothing.ts'
import { MOST_BELOW_LEAST } from './most-below-least.ts'
import { NEVER_REACHED } from './never-reached.ts'
import { OLD_NAME_BESIDE_NEW } from './old-name-beside-new.ts'
import { ONLY_FREE_SPACE } from './only-free-space.ts'
import { ONLY_RESERVED } from './only-reserved.ts'
import { OTHER_WORKER } from './other-worker.ts'
import { SHARE_WITH_LIMIT } from './share-with-limit.ts'
import { SHARE_WITHOUT_LIMIT } from './share-without-limit.ts'
import { TOO_SMALL } from './too-small.ts'
import { UNBOUNDED } from './unbounded.ts'
import { UNKNOWN_FILTERS } from './unknown-filters.ts'

/** About what BuildKit keeps and deletes of its cache: BK2xx. */
export const CACHE_RULES: readonly Rule[] = [
  AMOUNTS_BESIDE_POLICIES,
  OLD_NAME_BESIDE_NEW,
  ONLY_RESERVED,
  MOST_BELOW_LEAST,
  KEEPS_NOTHING,
  NEVER_REACHED,
  UNKNOWN_FILTERS,
  UNBOUNDED,
  CEILING_ABOVE_LIMIT,
  SHARE_WITH_LIMIT,
  SHARE_WITHOUT_LIMIT,
  GC_OFF_WITH_LIMIT,
  GC_OFF,
  OTHER_WORKER,
  TOO_SMALL,
  ONLY_FREE_SPACE,
  IMPOSSIBLE_SHARE,
]
