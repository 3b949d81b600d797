import type { Buildkit, BuildkitStatus, Observation } from '../observation.ts'
import { READY } from '../reasons.ts'
import { conditionIn } from './conditions.ts'
import { momentOf } from './moment.ts'
import { currentPod, isServing } from './serving.ts'

export type Failures = NonNullable<BuildkitStatus['failures']>

const FIRST_BACK_OFF_MILLISECONDS = 10_000
export const LONGEST_BACK_OFF_MILLISECONDS = 300_000
const FORGIVEN_AFTER_MILLISECONDS = 600_000
const STALLED_FROM = 5

/** How often the current Pod has ended by its own fault, this time included; undefined where it never has, or has been ready for long. */
export function failuresOf(observation: Observation, now: number): Failures | undefined {
  const { status, podName } = observation.buildkit as Buildkit
  const known = status.failures?.podName === podName ? status.failures : undefined
  const pod = currentPod(observation)
  if (pod?.finished !== undefined && !pod.wasDisrupted) {
    const lastTime = momentOf(pod.finished)
    return known?.lastTime === lastTime ? known : { podName: pod.name, count: (known?.count ?? 0) + 1, lastTime }
  }
  return known && now < forgivenAt(observation) ? known : undefined
}

/** When the failures that are counted are forgotten, in milliseconds since 1970; infinite while the current Pod does not serve. */
export function forgivenAt(observation: Observation): number {
  const ready = conditionIn((observation.buildkit as Buildkit).status, READY)
  const pod = currentPod(observation)
  if (!pod || !isServing(pod) || ready?.status !== 'True') return Number.POSITIVE_INFINITY
  return Date.parse(ready.lastTransitionTime) + FORGIVEN_AFTER_MILLISECONDS
}

/** How long a Pod that has ended stays before it is deleted, so that its engine creates it again. */
export function backOffMilliseconds(count: number): number {
  return Math.min(FIRST_BACK_OFF_MILLISECONDS * 2 ** Math.max(0, count - 1), LONGEST_BACK_OFF_MILLISECONDS)
}

export function keepsFailing(failures: Failures | undefined): failures is Failures {
  return failures !== undefined && failures.count >= STALLED_FROM
}
