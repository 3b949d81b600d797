import type { Rule } from '../rule.ts'
import { IDLE_SERVICE } from './idle-service.ts'
import { QUOTA, QUOTA_WITHOUT_REQUEST } from './quota.ts'
import { REFUSED_BY_LIMITS } from './refused-by-limits.ts'
import { SCRAPE_OF_NOTHING } from './scrape.ts'
import { SERVICE_PORT } from './service-port.ts'
import { SMALL_DEFAULT } from './small-default.ts'

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
