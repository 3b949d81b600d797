import type { Rule } from '../rule.ts'
import { CAPPED } from './capped.ts'
import { CLAIMS } from './claims.ts'

/** About Pods as Kubernetes takes them: BK5xx. */
export const KUBERNETES_RULES: readonly Rule[] = [CLAIMS, CAPPED]
