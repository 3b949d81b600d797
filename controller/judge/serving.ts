import { isPodNameFor } from '../../crds/names.ts'
import type { Observation } from '../observation.ts'
import type { Pod } from '../pod.ts'

/** The Pod that the Buildkit stands for at present, by name. */
export function currentPod({ buildkit, pods }: Observation): Pod | undefined {
  return pods.find(({ name }) => name === buildkit?.podName)
}

/**
 * The Pod to publish: the current one if it serves, else another that does and that Git has named before, or the Buildkit adopted
 * (the published one if it still does, else the newest).
 * Invariant: a Pod that is being deleted, not ready, or was renamed is never published
 * Invariant: a Pod that Git has never named and that the Buildkit has not adopted is never published
 */
export function servingPod(observation: Observation): Pod | undefined {
  const current = currentPod(observation)
  if (current && isServing(current, observation)) return current
  const published = observation.buildkit?.status.endpoint
  return observation.pods
    .filter((pod) => isServing(pod, observation) && isOurs(pod, observation))
    .sort((a, b) => {
      const byPublished = Number(b.address === published) - Number(a.address === published)
      return byPublished || b.created - a.created || (a.name < b.name ? -1 : 1)
    })[0]
}

export function isServing(pod: Pod, observation: Observation): boolean {
  const isUp = pod.isReady && pod.address !== undefined && pod.deletionDeadline === undefined
  return isUp && hasOwnName(pod, observation)
}

/** Whether the Pod has the name that it was made with, by rendering or by the operator; any other was renamed, and is left alone. */
export function hasOwnName(pod: Pod, observation: Observation): boolean {
  return isAdopted(pod, observation) || isPodNameFor(pod.buildkit, pod.name)
}

/** Whether the Buildkit owns the Pod: seatgeek/buildkit-operator made it. */
function isAdopted({ adoptedBy }: Pod, { buildkit, absence }: Observation): boolean {
  return adoptedBy !== undefined && adoptedBy === (buildkit ?? absence)?.uid
}

/**
 * Whether the Pod is one that Git has named, or that the operator made before Git named the present one. Whoever may create Pods can
 * write any owner, and so one that came later is nobody's.
 */
export function isOurs(pod: Pod, observation: Observation): boolean {
  const written = observation.buildkit?.podNameWritten ?? Number.NaN
  return isNamed(pod, observation) || (isAdopted(pod, observation) && pod.created < written)
}

/** Whether `spec.podName` is or was the Pod's name, as far as this process knows. */
function isNamed({ name }: Pod, { buildkit }: Observation): boolean {
  const { podName, formerPodNames = [] } = buildkit ?? {}
  return name === podName || formerPodNames.includes(name)
}
