import { momentOf, type Now } from '../kube/now.ts'
import type { Buildkit, BuildkitStatus, Observation } from '../observation.ts'
import { clampedCount } from '../observe/to-status.ts'
import type { Pod } from '../pod.ts'
import { currentPod, isServing } from './serving.ts'

export type Failures = NonNullable<BuildkitStatus['failures']>

const FIRST_BACK_OFF_MILLISECONDS = 10_000
export const LONGEST_BACK_OFF_MILLISECONDS = 300_000
const FORGIVEN_AFTER_MILLISECONDS = 600_000
const STALLED_FROM = 5

/** How often the current Pod has ended by its own fault, this time included; undefined where it never has, or has been ready for long. */
export function failuresOf(observation: Observation, now: Now): Failures | undefined {
  const { status, podName } = observation.buildkit as Buildkit
  const known = status.failures?.podName === podName ? status.failures : undefined
  const pod = currentPod(observation)
  if (pod?.finished === undefined || pod.wasDisrupted)
    return known && now.steady < forgivenAt(observation) ? known : undefined
  const lastTime = momentOf(pod.finished)
  if (known?.lastTime === lastTime) return known
  const before =
    known && (pod.ended ?? pod.finished) < readyForLongAt(observation.buildkit as Buildkit) ? known.count : 0
  return { podName: pod.name, count: clampedCount(before + 1), lastTime }
}

/** When the failures that are counted are forgotten, by the steady clock; infinite where there are none, or the Pod does not serve. */
export function forgivenAt(observation: Observation): number {
  const buildkit = observation.buildkit as Buildkit
  const pod = currentPod(observation)
  return buildkit.status.failures && pod && isServing(pod, observation)
    ? readyForLongAt(buildkit)
    : Number.POSITIVE_INFINITY
}

function readyForLongAt({ publishedSeen = Number.POSITIVE_INFINITY }: Buildkit): number {
  return publishedSeen + FORGIVEN_AFTER_MILLISECONDS
}

/** When a Pod ended, as this process has witnessed it; undefined where it has not ended. */
export function endedAt({ finished, ended }: Pod): number | undefined {
  return ended ?? finished
}

/** How long a Pod that has ended for the `count`th time stays before it is deleted, so that its engine creates it again. */
export function backOffMilliseconds(count: number): number {
  return count < STALLED_FROM ? FIRST_BACK_OFF_MILLISECONDS * 2 ** (count - 1) : LONGEST_BACK_OFF_MILLISECONDS
}

export function keepsFailing(failures: Failures | undefined): failures is Failures {
  return failures !== undefined && failures.count >= STALLED_FROM
}
