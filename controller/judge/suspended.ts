import { SUSPEND_LABEL } from '../../crds/names.ts'
import type { Buildkit } from '../observation.ts'
import { LABEL_INVALID, SUSPENDED, SUSPENDED_BY_LABEL } from '../reasons.ts'
import type { Wanted } from './conditions.ts'

/**
 * Whether somebody has asked to delete none of its Pods, whatever becomes of them.
 * Invariant: a Pod of a suspended Buildkit is not deleted
 */
export function isSuspended({ suspend }: Buildkit): boolean {
  return suspend === 'true'
}

/** The condition that a Buildkit is suspended; false if its label looks as if it were. */
export function suspended(buildkit: Buildkit): Wanted {
  const { suspend } = buildkit
  if (isSuspended(buildkit)) {
    const message = `this Buildkit has the label ${SUSPEND_LABEL}: "true", so the controller deletes none of its Pods; remove the label to resume`
    return { type: SUSPENDED, status: 'True', reason: SUSPENDED_BY_LABEL, message }
  }
  if (suspend === undefined || suspend === 'false') return undefined
  const message = `the label ${SUSPEND_LABEL} must be "true" or "false", got "${suspend}"; the controller ignores it and deletes Pods`
  return { type: SUSPENDED, status: 'False', reason: LABEL_INVALID, message }
}
