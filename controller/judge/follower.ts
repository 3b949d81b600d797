import type { Observation } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { currentPod, hasOwnName } from './serving.ts'

/**
 * The current Pod if it can only follow the superseded ones: its annotation says so, and it is there to take over. Not if another
 * Buildkit claims the Pods: the owner is then unknown.
 * Invariant: a superseded Pod is deleted before its successor serves only if that one exists and can only follow
 */
export function followerIn(observation: Observation): Pod | undefined {
  const current = currentPod(observation)
  if (!current?.mustFollow || observation.namesakes || observation.rivals) return undefined
  const isThere = current.deletionDeadline === undefined && current.finished === undefined
  return isThere && hasOwnName(current, observation) ? current : undefined
}
