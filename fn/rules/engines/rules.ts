import type { Rule } from '../rule.ts'
import { APPLIED_AGAIN, FORCED_BY_FLUX } from './applied-again.ts'
import { RESTART_POLICY } from './BK601-restart-policy.ts'
import { GRACE_PERIOD } from './BK602-long-grace-period.ts'
import { NEVER_APPLIED } from './BK605-never-applied.ts'
import { HOOK } from './BK606-builder-as-hook.ts'
import { PRUNED_TOO_EARLY } from './BK607-pruned-too-early.ts'
import { SPOT_NODES } from './BK614-spot-nodes.ts'
import { UNREPLACED } from './BK617-unreplaced-variable.ts'
import { INSTANCE_LABEL } from './BK618-instance-label.ts'
import { WAITS_FOR_BUILDKIT, WAITS_FOR_POD } from './depends-on.ts'
import { FORCED, REPLACED } from './replaced.ts'
import { NEVER_SCALED_DOWN, UNKNOWN_TO_AUTOSCALER } from './safe-to-evict.ts'
import { NO_WAVE, WAVE_BEFORE_POD } from './sync-wave.ts'

/** About GitOps engines and autoscalers: BK6xx. */
export const ENGINES_RULES: readonly Rule[] = [
  RESTART_POLICY,
  GRACE_PERIOD,
  REPLACED,
  FORCED,
  NEVER_APPLIED,
  HOOK,
  PRUNED_TOO_EARLY,
  APPLIED_AGAIN,
  FORCED_BY_FLUX,
  WAVE_BEFORE_POD,
  NO_WAVE,
  NEVER_SCALED_DOWN,
  UNKNOWN_TO_AUTOSCALER,
  SPOT_NODES,
  WAITS_FOR_BUILDKIT,
  WAITS_FOR_POD,
  UNREPLACED,
  INSTANCE_LABEL,
]
