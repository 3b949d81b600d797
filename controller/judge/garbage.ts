import { momentOf } from '../kube/now.ts'
import type { Absence, Buildkit, Observation } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { backOffMilliseconds, endedAt, type Failures, LONGEST_BACK_OFF_MILLISECONDS } from './failures.ts'
import { currentPod, hasOwnName, isServing } from './serving.ts'

/** Between two live requests that both must not find the Buildkit: one 404 may be a mistake (kubernetes/kubernetes#104342). */
const CONFIRMATION_MILLISECONDS = 30_000
/** What timestamps of the API server leave out. */
const TIMESTAMP_MILLISECONDS = 1000

/**
 * A Pod that nobody needs, and the moment from which it may go, by the steady clock. The reasons: `superseded`: another Pod has taken over; `ended`: it
 * has failed or succeeded, and must go before its engine can create it again; `deleted`: its Buildkit was; `orphaned`: no Buildkit of
 * its time was ever seen.
 */
export interface Garbage {
  readonly pod: Pod
  readonly reason: 'superseded' | 'ended' | 'deleted' | 'orphaned'
  readonly due: number
}

/** The Pods of a Buildkit that exists that nobody needs. Where another Buildkit's Pods have the same label, nobody can know. */
export function garbageOf(observation: Observation, failures: Failures | undefined): readonly Garbage[] {
  const buildkit = observation.buildkit as Buildkit
  if (buildkit.podName === undefined || observation.namesakes) return []
  const takenOver = takenOverAt(observation, buildkit)
  return observation.pods.flatMap((pod): readonly Garbage[] => {
    if (!mayGo(pod, observation)) return []
    if (pod.name === buildkit.podName) return endedGarbage(pod, buildkit, failures)
    if (pod.isRetiredByEngine) return []
    const ended = endedAt(pod)
    if (ended !== undefined) return [{ pod, reason: 'ended', due: ended + LONGEST_BACK_OFF_MILLISECONDS }]
    if (takenOver === undefined || !isOlder(pod, buildkit)) return []
    return [{ pod, reason: 'superseded', due: takenOver + observation.graces.handoverMilliseconds }]
  })
}

/**
 * The Pods whose Buildkit is gone, from when its absence was confirmed. One that came after the Buildkit had gone may be the first of
 * the next Buildkit of that name, which engines apply later: it waits as long as any other whose Buildkit was never seen.
 */
export function orphansOf(observation: Observation, { how, since, confirmed }: Absence): readonly Garbage[] {
  const { pods, graces } = observation
  if (confirmed === undefined) return []
  const due = confirmed + CONFIRMATION_MILLISECONDS
  return pods.flatMap((pod): readonly Garbage[] => {
    if (!mayGo(pod, observation) || pod.isRetiredByEngine) return []
    const wasThere = (pod.seen ?? pod.created + TIMESTAMP_MILLISECONDS) <= since
    if (wasThere) return [{ pod, reason: how === 'deleted' ? 'deleted' : 'orphaned', due }]
    return [{ pod, reason: 'orphaned', due: Math.max(due, (pod.seen ?? pod.created) + graces.orphanMilliseconds) }]
  })
}

function mayGo(pod: Pod, observation: Observation): boolean {
  return pod.deletionDeadline === undefined && hasOwnName(pod, observation)
}

// Not before its end stands in the status: that is where it is counted.
function endedGarbage(pod: Pod, { status }: Buildkit, failures: Failures | undefined): readonly Garbage[] {
  const ended = endedAt(pod)
  if (pod.finished === undefined || ended === undefined) return []
  if (pod.wasDisrupted) return [{ pod, reason: 'ended', due: ended + backOffMilliseconds(1) }]
  const isCounted = status.failures?.podName === pod.name && status.failures.lastTime === momentOf(pod.finished)
  if (!(isCounted && failures)) return []
  return [{ pod, reason: 'ended', due: ended + backOffMilliseconds(failures.count) }]
}

/**
 * Since when clients get the current Pod, as far as the written status says; undefined while it says nothing of the kind.
 * Invariant: the Pod behind a published endpoint is not deleted before its replacement is published
 */
function takenOverAt(observation: Observation, buildkit: Buildkit): number | undefined {
  const current = currentPod(observation)
  if (!current || !isServing(current, observation) || current.address !== buildkit.status.endpoint) return undefined
  return buildkit.publishedSeen
}

/**
 * Engines apply Pods before Buildkits, so a Pod that is not current may be the next one. It is an old one only if it was there before
 * the present `spec.podName` was written (by the API server's clock) and before this controller saw it. Without a written time nothing
 * is older.
 * Invariant: a Pod that may become current is not deleted
 */
function isOlder(pod: Pod, { status, podNameWritten }: Buildkit): boolean {
  return pod.created < Math.min(Date.parse(status.podSince ?? ''), podNameWritten ?? Number.NaN)
}
