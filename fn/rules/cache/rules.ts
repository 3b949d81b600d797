import type { Rule } from '../rule.ts'
import { AMOUNTS_BESIDE_POLICIES } from './BK201-amounts-beside-policies.ts'
import { OLD_NAME_BESIDE_NEW } from './BK202-old-name-beside-new.ts'
import { ONLY_RESERVED } from './BK203-only-reserved-space.ts'
import { MOST_BELOW_LEAST } from './BK204-maximum-below-reserved.ts'
import { KEEPS_NOTHING } from './BK205-policy-keeps-nothing.ts'
import { NEVER_REACHED } from './BK206-policy-never-reached.ts'
import { UNKNOWN_FILTERS } from './BK207-unknown-filter.ts'
import { UNBOUNDED } from './BK208-unbounded-cache.ts'
import { CEILING_ABOVE_LIMIT } from './BK209-cache-above-limit.ts'
import { SHARE_WITH_LIMIT } from './BK210-percentage-with-limit.ts'
import { SHARE_WITHOUT_LIMIT } from './BK211-percentage-of-shared-disk.ts'
import { GC_OFF_WITH_LIMIT } from './BK212-gc-off-with-limit.ts'
import { GC_OFF } from './BK213-gc-off.ts'
import { OTHER_WORKER } from './BK215-gc-of-other-worker.ts'
import { TOO_SMALL } from './BK216-cache-too-small.ts'
import { ONLY_FREE_SPACE } from './BK217-only-free-space.ts'
import { IMPOSSIBLE_SHARE } from './BK218-impossible-amount.ts'

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
