import type { Pod } from '../pod.ts'
import { currentPod, hasOwnName } from './serving.ts'
import type { Slot } from './slot.ts'

/**
 * The current Pod of a replica if it can only follow the superseded ones: its annotation says so, and it is there to take over. Not if another
 * Buildkit claims the Pods: the owner is then unknown.
 * Invariant: a superseded Pod is deleted before its successor serves only if that one exists and can only follow
 */
export function followerIn(slot: Slot): Pod | undefined {
  const current = currentPod(slot)
  if (!current?.mustFollow || slot.namesakes || slot.rivals) return undefined
  const isThere = current.deletionDeadline === undefined && current.finished === undefined
  return isThere && hasOwnName(current, slot) ? current : undefined
}

/**
 * The follower that a superseded Pod must end for. A Pod of a replica that Git has taken away shares no volume with it, and gives nothing
 * free.
 */
export function followerOf({ replica = 0 }: Pod, slot: Slot): Pod | undefined {
  return replica === slot.replica ? followerIn(slot) : undefined
}
