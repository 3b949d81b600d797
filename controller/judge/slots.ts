import type { Pod } from '../pod.ts'
import { followerIn } from './follower.ts'
import { isOlder } from './garbage.ts'
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
  return slots.map((slot) => ({ ...slot, isItsTurn: slot === next || hasNothingToLose(slot) }))
}

/** Whether no client loses a Pod when the superseded ones of a replica end: none serves, or clients know the current one and prefer no other. */
function hasNothingToLose(slot: Slot): boolean {
  const serving = servingPod(slot)
  if (serving === undefined) return true
  const isOtherPreferred = slot.pods.some((pod) => pod !== serving && isPreferred(pod, slot.buildkit))
  return serving === currentPod(slot) && isPublished(serving, slot.buildkit) && !isOtherPreferred
}

/**
 * Whether the superseded Pod of a replica may end although it serves: clients know all others, and prefer one of those. One that stays for
 * another reason must not keep the next from its turn.
 */
function isNext(slot: Slot, slots: readonly Slot[]): boolean {
  const serving = servingPod(slot)
  if (!(serving && followerIn(slot)) || serving === currentPod(slot)) return false
  if (serving.isRetiredByEngine || !isOlder(serving, slot.buildkit) || isPreferred(serving, slot.buildkit)) return false
  return slots.every((other) => {
    const pod = servingPod(other)
    return other === slot || (pod !== undefined && isPublished(pod, other.buildkit))
  })
}
