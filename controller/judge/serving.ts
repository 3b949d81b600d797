import { isPodNameFor } from '../../crds/names.ts'
import type { BuildkitStatus, Observation } from '../observation.ts'
import type { Pod } from '../pod.ts'

/** The Pod that `spec.podName` names. */
export function currentPod({ buildkit, pods }: Observation): Pod | undefined {
  return pods.find(({ name }) => name === buildkit?.podName)
}

/**
 * The Pod to publish: the current one if it serves; otherwise another Pod that serves and that Git has named before or the Buildkit has
 * adopted (the published one if it still serves, or the newest).
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

/** What clients need to reach a Pod, as the status has it: both fields, which change in one write, or none. */
export function endpointOf(pod: Pod | undefined): Pick<BuildkitStatus, 'endpoint' | 'tlsServerName'> {
  const { address, tlsServerName } = pod ?? {}
  if (address === undefined) return {}
  return { endpoint: address, ...(tlsServerName !== undefined && { tlsServerName }) }
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
  const written = observation.buildkit?.podNameWritten ?? Number.NaN
  return isNamed(pod, observation) || (isAdopted(pod, observation) && pod.created < written)
}

/** Whether `spec.podName` is or was the Pod's name, as far as this process knows. */
function isNamed({ name }: Pod, { buildkit }: Observation): boolean {
  const { podName, formerPodNames = [] } = buildkit ?? {}
  return name === podName || formerPodNames.includes(name)
}
