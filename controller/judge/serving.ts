import { isPodNameFor } from '../../crds/names.ts'
import type { Observation } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { isPreferred, isPublished } from './published.ts'
import type { Slot } from './slot.ts'

/** The Pod that Git names for a replica. */
export function currentPod({ podName, pods }: Slot): Pod | undefined {
  return pods.find(({ name }) => name === podName)
}

/**
 * The Pod to publish for a replica: the current one if it serves; otherwise another Pod that serves and that Git has named before or the
 * Buildkit has adopted (the published one if it still serves, or the newest).
 * Invariant: a Pod that is being deleted, not ready, or was renamed is never published
 * Invariant: a Pod that Git has never named and that the Buildkit has not adopted is never published
 */
export function servingPod(slot: Slot): Pod | undefined {
  const current = currentPod(slot)
  if (current && isServing(current, slot)) return current
  return bestOf(
    slot.pods.filter((pod) => isServing(pod, slot) && isOurs(pod, slot)),
    slot,
  )
}

/**
 * The Pod that clients of one address connect to: a current one if any serves, and for as long as it serves the same one, since it has
 * their cache.
 */
export function preferredPod(slots: readonly Slot[]): Pod | undefined {
  const [slot] = slots
  if (!slot) return undefined
  const serving = slots.flatMap((one) => servingPod(one) ?? [])
  const current = serving.filter((pod) => slots.some(({ podName }) => podName === pod.name))
  const preferred = current.find((pod) => isPreferred(pod, slot.buildkit))
  return preferred ?? current[0] ?? bestOf(serving, slot)
}

/** The one before all others, one of those that are published, the newest. */
function bestOf(pods: readonly Pod[], { buildkit }: Slot): Pod | undefined {
  const rank = (pod: Pod) => Number(isPreferred(pod, buildkit)) * 2 + Number(isPublished(pod, buildkit))
  return pods.toSorted((a, b) => rank(b) - rank(a) || b.created - a.created || (a.name < b.name ? -1 : 1))[0]
}

export function isServing(pod: Pod, observation: Observation): boolean {
  const isUp = pod.isReady && pod.address !== undefined && pod.deletionDeadline === undefined
  return isUp && hasOwnName(pod, observation)
}

/** Whether the Pod has the name that rendering or the operator gave it; any other was renamed, and is left alone. */
export function hasOwnName(pod: Pod, observation: Observation): boolean {
  return isAdopted(pod, observation) || isPodNameFor(pod.buildkit, pod.name)
}

/** Whether the Buildkit owns the Pod: seatgeek/buildkit-operator made it. */
function isAdopted({ adoptedBy }: Pod, { buildkit, absence }: Observation): boolean {
  return adoptedBy !== undefined && adoptedBy === (buildkit ?? absence)?.uid
}

/**
 * Whether Git has named the Pod, or the operator made it before Git named the present one. Anyone who may create Pods can set any owner,
 * so the owner of a later Pod does not count.
 */
export function isOurs(pod: Pod, observation: Observation): boolean {
  const written = observation.buildkit?.podNamesWritten ?? Number.NaN
  return isNamed(pod, observation) || (isAdopted(pod, observation) && pod.created < written)
}

/** Whether Git names the Pod or has named it, as far as this process knows. */
function isNamed({ name }: Pod, { buildkit }: Observation): boolean {
  const { podNames = [], formerPodNames = [] } = buildkit ?? {}
  return podNames.includes(name) || formerPodNames.includes(name)
}
