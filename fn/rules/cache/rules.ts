import type { Rule } from '../rule.ts'

/** About what BuildKit keeps and deletes of its cache: BK2xx. */
export const CACHE_RULES: readonly Rule[] = []
