import type { Buildkit, Observation } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { backOffMilliseconds } from './back-off.ts'

/** An observation whose `pods` exclude those of other controllers. */
export interface Judged extends Observation {
  /** The Pods with the label that another controller manages. We leave them alone. */
  readonly strangers: readonly Pod[]
  /** When the next Pod has run for long enough after a crash, by the steady clock; infinite if no Pod must. */
  readonly settlesAt: number
}

/** The same of a Buildkit that exists. */
export interface JudgedBuildkit extends Judged {
  readonly buildkit: Buildkit
}

/**
 * Removes the Pods of other controllers, and treats a Pod that has crashed as ready only when it has run for as long as the kubelet's
 * backoff: the endpoint of a Pod that crash-loops does not flap.
 */
export function judgedBy(observation: Observation, steady: number): Judged {
  const { buildkit, absence } = observation
  const uid = (buildkit ?? absence)?.uid
  const isStranger = ({ controller }: Pod) => controller !== undefined && controller.uid !== uid
  const settling = (pod: Pod) => settlesAt(pod, observation)
  const ours = observation.pods.filter((pod) => !isStranger(pod))
  return {
    ...observation,
    pods: ours.map((pod) => (settling(pod) > steady ? { ...pod, isReady: false } : pod)),
    strangers: observation.pods.filter(isStranger),
    settlesAt: Math.min(...ours.map(settling).filter((moment) => moment > steady)),
  }
}

/** A published Pod stays ready: it was ready all the time. */
function settlesAt({ isReady, crashes, restartSeen, address }: Pod, { buildkit }: Observation): number {
  const isPublished = buildkit?.status.endpoints?.some((endpoint) => endpoint.address === address) ?? false
  if (!isReady || crashes === undefined || restartSeen === undefined || isPublished) return Number.NEGATIVE_INFINITY
  return restartSeen + backOffMilliseconds(crashes)
}
