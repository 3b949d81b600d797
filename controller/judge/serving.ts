import { isPodNameFor } from '../../crds/names.ts'
import type { Observation } from '../observation.ts'
import type { Pod } from '../observe/pod.ts'

/** The Pod that the Buildkit stands for at present, by name. */
export function currentPod({ buildkit, pods }: Observation): Pod | undefined {
  return pods.find(({ name }) => name === buildkit?.podName)
}

/**
 * The Pod to publish: the current one if it serves, else another that does (the published one if it still does, else the newest).
 * Invariant: a Pod that is being deleted, not ready, or was renamed is never published
 */
export function servingPod(observation: Observation): Pod | undefined {
  const current = currentPod(observation)
  if (current && isServing(current)) return current
  const published = observation.buildkit?.status.endpoint
  return observation.pods.filter(isServing).sort((a, b) => {
    const byPublished = Number(b.address === published) - Number(a.address === published)
    return byPublished || b.created - a.created || (a.name < b.name ? -1 : 1)
  })[0]
}

export function isServing(pod: Pod): boolean {
  return pod.isReady && pod.address !== undefined && pod.deletionDeadline === undefined && hasOwnName(pod)
}

/** Whether the Pod has the name that it was made with, by rendering or by the operator; any other was renamed, and is left alone. */
export function hasOwnName({ buildkit, name, isOwned }: Pod): boolean {
  return isOwned || isPodNameFor(buildkit, name)
}
