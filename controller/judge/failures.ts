import { momentOf, type Now } from '../kube/now.ts'
import type { Failures } from '../observation.ts'
import { clampedCount } from '../observe/to-status.ts'
import type { Pod } from '../pod.ts'
import { STALLED_FROM } from './back-off.ts'
import { currentPod, isServing } from './serving.ts'
import type { Slot } from './slot.ts'

const FORGIVEN_AFTER_MILLISECONDS = 600_000

/** How often the current Pod has ended without a disruption, this time included; undefined if never, or ready for long since. */
export function failuresOf(slot: Slot, now: Now): Failures | undefined {
  const known = knownFailures(slot)
  const pod = currentPod(slot)
  if (pod?.finished === undefined || pod.wasDisrupted) return known && now.steady < forgivenAt(slot) ? known : undefined
  const lastTime = momentOf(pod.finished)
  if (known?.lastTime === lastTime) return known
  const before = known && (pod.ended ?? pod.finished) < readyForLongAt(slot) ? known.count : 0
  return { podName: pod.name, count: clampedCount(before + 1), lastTime }
}

/** What the written status has counted of the current Pod. */
export function knownFailures({ buildkit, podName }: Slot): Failures | undefined {
  return buildkit.status.failures?.find((failures) => failures.podName === podName)
}

/** When the counted failures expire, by the steady clock; infinite if there are none, or the Pod does not serve. */
export function forgivenAt(slot: Slot): number {
  const pod = currentPod(slot)
  return knownFailures(slot) && pod && isServing(pod, slot) ? readyForLongAt(slot) : Number.POSITIVE_INFINITY
}

function readyForLongAt({ buildkit, podName = '' }: Slot): number {
  const { publishedSeen = {} } = buildkit
  return (publishedSeen[podName] ?? Number.POSITIVE_INFINITY) + FORGIVEN_AFTER_MILLISECONDS
}

/** When a Pod ended, as this process has seen it; undefined if it has not ended. */
export function endedAt({ finished, ended }: Pod): number | undefined {
  return ended ?? finished
}

export function keepsFailing(failures: Failures | undefined): failures is Failures {
  return failures !== undefined && failures.count >= STALLED_FROM
}
