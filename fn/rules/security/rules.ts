import type { Rule } from '../rule.ts'

/** About who may reach a builder, and what a build may do: BK4xx. */
export const SECURITY_RULES: readonly Rule[] = []
