import { momentOf } from '../kube/now.ts'
import type { Absence, Buildkit, Observation } from '../observation.ts'
import { isSeen } from '../observe/witness.ts'
import type { Pod } from '../pod.ts'
import { backOffMilliseconds, LONGEST_BACK_OFF_MILLISECONDS } from './back-off.ts'
import { endedAt, knownFailures } from './failures.ts'
import { followerOf } from './follower.ts'
import { isPreferred, isPublished } from './published.ts'
import { currentPod, hasOwnName, isServing, servingPod } from './serving.ts'
import type { CountedSlot, Slot } from './slot.ts'
import { isSuspended } from './suspended.ts'

/** Between two live requests that both must not find the Buildkit: one 404 may be a mistake (kubernetes/kubernetes#104342). */
const CONFIRMATION_MILLISECONDS = 30_000
/** A moment that is always over. */
const AT_ONCE = Number.NEGATIVE_INFINITY
/** The resolution of the API server's timestamps. */
const TIMESTAMP_MILLISECONDS = 1000

/**
 * A Pod that is no longer needed, and when it may be deleted, by the steady clock. `superseded`: another Pod is current, and serves or
 * waits for this one to end;
 * `ended`: it has failed or succeeded, and its engine cannot create it again before it is gone; `deleted`: its Buildkit was deleted;
 * `orphaned`: no Buildkit of its time was ever seen.
 */
export interface Garbage {
  readonly pod: Pod
  readonly reason: 'superseded' | 'ended' | 'deleted' | 'orphaned'
  readonly due: number
  /** The Pod that waits for this one to end, by its name. */
  readonly follower?: string
}

/**
 * The Pods of a replica that are no longer needed. Empty if its Buildkit is suspended, and if another Buildkit shares the label: the
 * owner is then unknown.
 */
export function garbageOf(slot: CountedSlot): readonly Garbage[] {
  const { buildkit } = slot
  if (slot.podName === undefined || slot.namesakes || isSuspended(buildkit)) return []
  return slot.pods.flatMap((pod): readonly Garbage[] => {
    if (!mayGo(pod, slot)) return []
    if (pod.name === slot.podName) return endedGarbage(pod, slot)
    if (pod.isRetiredByEngine) return []
    const ended = endedAt(pod)
    if (ended !== undefined) return [{ pod, reason: 'ended', due: ended + LONGEST_BACK_OFF_MILLISECONDS }]
    return isOlder(pod, buildkit) ? supersededGarbage(pod, slot) : []
  })
}

function supersededGarbage(pod: Pod, slot: Slot): readonly Garbage[] {
  const { buildkit } = slot
  const follower = followerOf(pod, slot)
  if (follower) {
    const mayEnd = slot.isItsTurn || hasNotStarted(pod) || isIdle(pod, slot)
    return mayEnd ? [{ pod, reason: 'superseded', due: AT_ONCE, follower: follower.name }] : []
  }
  const takenOver = takenOverAt(slot)
  if (takenOver === undefined || isPreferred(pod, buildkit)) return []
  return [{ pod, reason: 'superseded', due: takenOver + slot.graces.handoverMilliseconds }]
}

/**
 * The Pods whose Buildkit is gone, once its absence is confirmed. A Pod that was created after that may belong to the next Buildkit of
 * that name, which engines apply later: it stays as long as any other Pod whose Buildkit was never seen.
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

/** Whether another Pod serves for the replica, so that clients know nothing of this one. */
function isIdle(pod: Pod, slot: Slot): boolean {
  const serving = servingPod(slot)
  const isKnown = isPublished(pod, slot.buildkit) || isPreferred(pod, slot.buildkit)
  return serving !== undefined && serving !== pod && !isKnown
}

/** Whether no container of it has run, so that it has never served anybody. */
export function hasNotStarted({ phase }: Pod): boolean {
  return phase === 'Pending'
}

function mayGo(pod: Pod, observation: Observation): boolean {
  return pod.deletionDeadline === undefined && hasOwnName(pod, observation)
}

// Only after the status has counted its end.
function endedGarbage(pod: Pod, slot: CountedSlot): readonly Garbage[] {
  const ended = endedAt(pod)
  if (pod.finished === undefined || ended === undefined) return []
  if (pod.wasDisrupted) return [{ pod, reason: 'ended', due: ended + backOffMilliseconds(1) }]
  const isCounted = knownFailures(slot)?.lastTime === momentOf(pod.finished)
  const { failures } = slot
  if (!(isCounted && failures)) return []
  return [{ pod, reason: 'ended', due: ended + backOffMilliseconds(failures.count) }]
}

/**
 * Since when the written status publishes the current Pod, and has left out a Pod of a replica that Git has taken away; undefined while it
 * does not publish the current one.
 * Invariant: the Pod behind a published endpoint is not deleted before its replacement is published, unless that one can only follow
 */
function takenOverAt(slot: Slot): number | undefined {
  const { buildkit } = slot
  const current = currentPod(slot)
  if (!(current && isServing(current, slot) && isPublished(current, buildkit))) return undefined
  const { publishedSeen, podNamesSeen = Number.NEGATIVE_INFINITY } = buildkit
  const published = publishedSeen?.[current.name]
  return published === undefined ? undefined : Math.max(published, podNamesSeen)
}

/**
 * Engines apply Pods before Buildkits, so a Pod that is not current may be the next one. It is older only if it was created before the
 * present names were written (by the API server's clock) and before this controller saw it. Without a written time, and before
 * the status has the present names, nothing is older.
 * Invariant: a Pod that may become current is not deleted
 */
export function isOlder(pod: Pod, buildkit: Buildkit): boolean {
  const { status, podNamesWritten = Number.NaN } = buildkit
  return isSeen(buildkit) && pod.created < Math.min(Date.parse(status.podSince ?? ''), podNamesWritten)
}
