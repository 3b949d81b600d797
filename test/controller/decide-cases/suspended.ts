import type { Buildkit, BuildkitStatus } from '../../../controller/observation.ts'
import { ago, buildkit, FIRST, failedPod, HOUR, observation, pendingPod, pod, SECOND, stamp } from './builder.ts'
import type { Cases } from './case.ts'
import { isFalse, isTrue, readyStatus, waitingStatus } from './status.ts'
import { keepsFailing, meanwhile, ofPod, waitsFor } from './troubles.ts'

const LABEL = 'buildkit.seatgeek.io/suspend'
const PAUSED = isTrue(
  'Suspended',
  {
    reason: 'SuspendedByLabel',
    message: `this Buildkit has the label ${LABEL}: "true", so the controller deletes none of its Pods; remove the label to resume`,
  },
  60,
)
const FAILED = { reason: 'PodFailed', message: 'container "buildkit" ended with exit code 1' }

const old = pod(FIRST, { created: ago(2 * HOUR) })
const superseded = { pod: old, reason: 'superseded', due: ago(HOUR - 30) } as const
const both = readyStatus(SECOND, { pods: [FIRST, SECOND] })

/** The status with that condition, for a minute. */
export function paused(status: BuildkitStatus): BuildkitStatus {
  return { ...status, conditions: [...(status.conditions ?? []), PAUSED] }
}

function suspendedBuildkit(podName: string, status: BuildkitStatus): Buildkit {
  return buildkit(podName, status, { suspend: 'true' })
}

/** A label with another value is ignored, and the status says so. */
function mistaken(suspend: string): Cases[string] {
  const message = `the label ${LABEL} must be "true" or "false", got "${suspend}"; the controller ignores it and deletes Pods`
  const condition = isFalse('Suspended', { reason: 'LabelInvalid', message }, 60)
  const status = { ...both, conditions: [...(both.conditions ?? []), condition] }
  return {
    observation: observation([old, pod(SECOND)], { buildkit: buildkit(SECOND, status, { suspend }) }),
    decision: { status, deletions: [superseded] },
  }
}

const endless = waitingStatus(ofPod(FIRST, FAILED), {
  podName: FIRST,
  since: 60,
  failures: { podName: FIRST, count: 5, lastTime: stamp(900) },
  stalled: {
    ...keepsFailing(FIRST, 5),
    message: `Pod "${FIRST}" has ended 5 times without being ready for ten minutes in between; the controller does not delete it while the Buildkit is suspended`,
  },
})
const waits = waitingStatus(waitsFor(SECOND, FIRST, `; it has waited for at least 60 seconds${meanwhile(FIRST)}`), {
  podName: SECOND,
  since: 60,
  endpoint: FIRST,
  pods: [FIRST, SECOND],
})

export const suspended: Cases = {
  'a superseded Pod of a suspended Buildkit stays': {
    observation: observation([old, pod(SECOND)], { buildkit: suspendedBuildkit(SECOND, paused(both)) }),
    decision: { status: paused(both) },
  },
  'a failed Pod of a suspended Buildkit stays, and its failures are counted': {
    observation: observation([failedPod(FIRST, 900)], { buildkit: suspendedBuildkit(FIRST, paused(endless)) }),
    decision: { status: paused(endless) },
  },
  'a Pod that can only follow waits for a suspended Buildkit, and the old Pod keeps the endpoint': {
    observation: observation([old, pendingPod(SECOND, { mustFollow: true, created: ago(60) })], {
      buildkit: suspendedBuildkit(SECOND, paused(waits)),
    }),
    decision: { status: paused(waits), requeueAfterMilliseconds: 60_000 },
  },
  'the endpoint of a suspended Buildkit moves as ever': {
    observation: observation([old, pod(SECOND)], {
      buildkit: suspendedBuildkit(SECOND, paused(readyStatus(FIRST, { pods: [FIRST, SECOND] }))),
    }),
    decision: { status: paused(readyStatus(SECOND, { podSince: 0, pods: [FIRST, SECOND] })) },
  },
  'the condition goes with the label, and what waited is deleted': {
    observation: observation([old, pod(SECOND)], { buildkit: buildkit(SECOND, paused(both)) }),
    decision: { status: both, deletions: [superseded] },
  },
  'a refused deletion is not reported while nothing is to be deleted': {
    observation: observation([old, pod(SECOND)], {
      buildkit: suspendedBuildkit(SECOND, paused(both)),
      refusals: { [FIRST]: { message: 'no', time: ago(1) } },
    }),
    decision: { status: paused(both) },
  },
  'the value "false" is that of no label': {
    observation: observation([old, pod(SECOND)], { buildkit: buildkit(SECOND, both, { suspend: 'false' }) }),
    decision: { status: both, deletions: [superseded] },
  },
  'the value "True" is ignored, and reported': mistaken('True'),
  'an empty value is ignored, and reported': mistaken(''),
}
