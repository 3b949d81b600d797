import { momentOf, type Now } from '../kube/now.ts'
import type { Pod, Trouble } from '../pod.ts'
import { WAITING_FOR_HANDOVER } from '../reasons.ts'
import { followerIn, followerOf } from './follower.ts'
import { hasNotStarted, isOlder } from './garbage.ts'
import { podNamesSeenOf, withSeenNames } from './pod-since.ts'
import { hasOwnName, isServing } from './serving.ts'
import type { Slot } from './slot.ts'
import { isSuspended } from './suspended.ts'

/** How long a Pod may exist after its grace period: the kubelet ends containers, unmounts volumes, and then removes the Pod. */
const OVERDUE_MILLISECONDS = 60_000
/** The waited time is written in steps that double: a drain of a quarter of an hour costs six writes. */
const FIRST_STEP_MILLISECONDS = 15_000

/** The current Pod waits for Pods that must end before it can serve. */
interface Wait {
  readonly follower: Pod
  /** At least one; the one that ends last comes first. */
  readonly others: readonly Pod[]
  /** By the steady clock. */
  readonly since: number
}

/** Why the current Pod does not serve, if it waits for superseded Pods to end. */
export function handoverTrouble(slot: Slot, now: Now): Trouble | undefined {
  const wait = waitIn(slot, now)
  const [last, ...more] = wait?.others ?? []
  if (!(wait && last)) return undefined
  const others = more.length > 0 ? ` and ${more.length} more` : ''
  const waits = `Pod "${wait.follower.name}" waits for Pod "${last.name}"${others} to end${turnOf(last, slot)}`
  const seconds = stepOf(now.steady - wait.since) / 1000
  const waited = seconds > 0 ? `; it has waited for at least ${seconds} seconds` : ''
  return { reason: WAITING_FOR_HANDOVER, message: `${waits}${deadlineOf(last, now)}${waited}` }
}

/** When a Pod ends that stays because of the other replicas. */
function turnOf(pod: Pod, slot: Slot): string {
  const { buildkit, isItsTurn } = slot
  if (buildkit.podNames.length < 2 || isSuspended(buildkit)) return ''
  if (isServing(pod, slot)) return ', which happens once all other Pods of this Buildkit serve'
  const stays = pod.deletionDeadline === undefined && !isItsTurn && !hasNotStarted(pod)
  return stays ? ', which happens once no other Pod of this Buildkit is being replaced' : ''
}

/** Whether a Pod that the current one waits for exists long after its grace period. */
export function isHandoverOverdue(slot: Slot, now: Now): boolean {
  return waitIn(slot, now)?.others.some((pod) => isOverdue(pod, now)) ?? false
}

/** When the trouble of a handover next changes by time alone, by the steady clock; infinite without a handover. */
export function handoverChangesAt(slot: Slot, now: Now): number {
  const wait = waitIn(slot, now)
  if (!wait) return Number.POSITIVE_INFINITY
  const step = stepOf(now.steady - wait.since)
  const overdues = wait.others.map(overdueAt).filter((moment) => moment > now.steady)
  return Math.min(wait.since + (step === 0 ? FIRST_STEP_MILLISECONDS : step * 2), ...overdues)
}

function waitIn(slot: Slot, now: Now): Wait | undefined {
  const follower = followerIn(slot)
  if (!follower || isServing(follower, slot)) return undefined
  const { buildkit } = slot
  const next = withSeenNames(buildkit, now)
  const others = slot.pods.filter((pod) => {
    if (pod === follower || !followerOf(pod, slot) || pod.finished !== undefined || !hasOwnName(pod, slot)) return false
    return pod.deletionDeadline !== undefined || (!pod.isRetiredByEngine && isOlder(pod, next))
  })
  if (others.length === 0) return undefined
  // Both times are the API server's: the Pod may have come long after its name.
  const later = Math.max(0, follower.created - (buildkit.podNamesWritten ?? follower.created))
  return { follower, others: lastFirst(others, now), since: podNamesSeenOf(buildkit, now) + later }
}

/** Those that hang, then those that are yet to be deleted, then by their deadlines. */
function lastFirst(pods: readonly Pod[], now: Now): readonly Pod[] {
  const end = (pod: Pod) => (isOverdue(pod, now) ? Number.MAX_VALUE : (pod.deletionDeadline ?? Number.MAX_SAFE_INTEGER))
  return pods.toSorted((a, b) => end(b) - end(a) || (a.name < b.name ? -1 : 1))
}

function deadlineOf(pod: Pod, now: Now): string {
  if (pod.deletionDeadline === undefined) return ''
  const deadline = momentOf(pod.deletionDeadline)
  if (!isOverdue(pod, now)) return `, by ${deadline} at the latest`
  return `, which was due by ${deadline}; check its node and its finalizers: \`kubectl describe pod ${pod.name} --namespace ${pod.namespace}\``
}

function isOverdue(pod: Pod, { steady }: Now): boolean {
  return overdueAt(pod) <= steady
}

function overdueAt({ graceEnds = Number.POSITIVE_INFINITY }: Pod): number {
  return graceEnds + OVERDUE_MILLISECONDS
}

/** The largest step that has been waited; 0 before the first one. */
function stepOf(milliseconds: number): number {
  if (milliseconds < FIRST_STEP_MILLISECONDS) return 0
  let step = FIRST_STEP_MILLISECONDS
  while (step * 2 <= milliseconds) step *= 2
  return step
}
