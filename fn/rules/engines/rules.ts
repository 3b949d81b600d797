import type { Rule } from '../rule.ts'
import { RESTART_POLICY } from './restart-policy.ts'

/** About GitOps engines and autoscalers: BK6xx. */
export const ENGINES_RULES: readonly Rule[] = [RESTART_POLICY]
