import type { Observation } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { backOffMilliseconds } from './failures.ts'

/** An observation in which `pods` are what may be judged by their own word. */
export interface Judged extends Observation {
  /** The Pods with the label that another controller manages: they are its business alone. */
  readonly strangers: readonly Pod[]
  /** When the next Pod has run for long enough after a crash, by the steady clock; infinite where none has to. */
  readonly settlesAt: number
}

/**
 * Takes the Pods of other controllers out, and takes a Pod that has crashed for ready only when it has run for as long as a kubelet
 * would wait: the endpoint of one that crashes again and again does not come and go with it.
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

/** What is published stays so: its Pod was ready all the time. */
function settlesAt({ isReady, crashes, restartSeen, address }: Pod, { buildkit }: Observation): number {
  const isPublished = address !== undefined && address === buildkit?.status.endpoint
  if (!isReady || crashes === undefined || restartSeen === undefined || isPublished) return Number.NEGATIVE_INFINITY
  return restartSeen + backOffMilliseconds(crashes)
}
