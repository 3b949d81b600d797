import type { Rule } from '../rule.ts'
import { SERVICE_PORT } from './BK701-wrong-service-port.ts'
import { IDLE_SERVICE } from './BK702-idle-service.ts'
import { REFUSED_BY_LIMITS } from './BK703-refused-by-limit-range.ts'
import { SMALL_DEFAULT } from './BK704-small-default-limit.ts'
import { SCRAPE_OF_NOTHING } from './BK707-scrape-of-nothing.ts'
import { QUOTA, QUOTA_WITHOUT_REQUEST } from './quota.ts'

/** About other objects of the package, and what they make of builders: BK7xx. */
export const SURROUNDINGS_RULES: readonly Rule[] = [
  SERVICE_PORT,
  IDLE_SERVICE,
  REFUSED_BY_LIMITS,
  SMALL_DEFAULT,
  QUOTA,
  QUOTA_WITHOUT_REQUEST,
  SCRAPE_OF_NOTHING,
]
