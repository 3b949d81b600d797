import type { Rule } from '../rule.ts'
import { UNUSED_IGNORE } from './BK001-unused-ignore.ts'

/** About ignoring rules: BK0xx. */
export const IGNORING_RULES: readonly Rule[] = [UNUSED_IGNORE]
