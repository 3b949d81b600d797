import type { Rule } from '../rule.ts'
import { APPLIED_AGAIN, FORCED_BY_FLUX } from './applied-again.ts'
import { WAITS_FOR_BUILDKIT, WAITS_FOR_POD } from './depends-on.ts'
import { GRACE_PERIOD } from './grace-period.ts'
import { HOOK } from './hook.ts'
import { INSTANCE_LABEL } from './instance-label.ts'
import { NEVER_APPLIED } from './never-applied.ts'
import { PRUNED_TOO_EARLY } from './pruned-too-early.ts'
import { FORCED, REPLACED } from './replaced.ts'
import { RESTART_POLICY } from './restart-policy.ts'
import { NEVER_SCALED_DOWN, UNKNOWN_TO_AUTOSCALER } from './safe-to-evict.ts'
import { SPOT_NODES } from './spot-nodes.ts'
import { NO_WAVE, WAVE_BEFORE_POD } from './sync-wave.ts'
import { UNREPLACED } from './unreplaced.ts'

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
