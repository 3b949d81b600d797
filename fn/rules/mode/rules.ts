import type { Rule } from '../rule.ts'

/** About modes and images: BK3xx. */
export const MODE_RULES: readonly Rule[] = []
