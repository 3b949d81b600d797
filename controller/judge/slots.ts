import type { Pod } from '../pod.ts'
import { followerIn } from './follower.ts'
import { hasNotStarted, isOlder } from './garbage.ts'
import type { JudgedBuildkit } from './judged.ts'
import { isPreferred, isPublished } from './published.ts'
import { currentPod, servingPod } from './serving.ts'
import type { Slot } from './slot.ts'

/** The replicas of a builder, in their order; one of a Buildkit that was never rendered. Each Pod is in one of them. */
export function slotsOf(judged: JudgedBuildkit): readonly Slot[] {
  const { podNames } = judged.buildkit
  const [podName] = podNames
  if (podNames.length < 2)
    return [{ ...judged, ...(podName !== undefined && { podName }), replica: 0, isItsTurn: true }]
  const slotOf = ({ name, replica = 0 }: Pod) => {
    const at = podNames.indexOf(name)
    // What is left of replicas that Git has taken away counts as superseded by the last one.
    return at < 0 ? Math.min(replica, podNames.length - 1) : at
  }
  const slots = podNames.map((name, replica): Slot => {
    const pods = judged.pods.filter((pod) => slotOf(pod) === replica)
    return { ...judged, podName: name, replica, pods, isItsTurn: false }
  })
  const next = slots.find((slot) => isNext(slot, slots))
  return slots.map((slot) => ({ ...slot, isItsTurn: slot === next || isTakenOver(slot) }))
}

/** Whether clients know the current Pod of a replica, and prefer no other one, so that none loses a Pod when the superseded ones end. */
function isTakenOver(slot: Slot): boolean {
  const current = currentPod(slot)
  if (current === undefined || current !== servingPod(slot) || !isPublished(current, slot.buildkit)) return false
  return !slot.pods.some((pod) => pod !== current && isPreferred(pod, slot.buildkit))
}

/**
 * Whether the superseded Pods of a replica may end for one that does not serve yet, as in a Deployment with `maxUnavailable: 1`: no other
 * replica is being replaced, and where one of those Pods serves, clients know all others and prefer one of those. One that stays for
 * another reason must not keep the next from its turn.
 */
function isNext(slot: Slot, slots: readonly Slot[]): boolean {
  const serving = servingPod(slot)
  if (!followerIn(slot) || (serving !== undefined && serving === currentPod(slot))) return false
  const others = slots.filter((other) => other !== slot)
  if (serving === undefined) return slot.pods.some((pod) => isOld(pod, slot)) && !others.some(isBeingReplaced)
  if (!isOld(serving, slot) || isPreferred(serving, slot.buildkit)) return false
  return others.every((other) => {
    const pod = servingPod(other)
    return pod !== undefined && isPublished(pod, other.buildkit)
  })
}

/** Whether a replica has no Pod that serves, and none that is still to end for its current one. */
function isBeingReplaced(slot: Slot): boolean {
  return servingPod(slot) === undefined && !slot.pods.some((pod) => isOld(pod, slot))
}

/** Whether it is a superseded Pod that has run, and that the controller is to delete. */
function isOld(pod: Pod, { buildkit, podName }: Slot): boolean {
  const isThere = pod.deletionDeadline === undefined && pod.finished === undefined && !hasNotStarted(pod)
  return isThere && pod.name !== podName && !pod.isRetiredByEngine && isOlder(pod, buildkit)
}
