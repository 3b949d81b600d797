import { buildkit, FIRST, failedPod, HOUR, observation, pendingPod, pod, SECOND, stamp } from './builder.ts'
import type { Cases } from './case.ts'
import { readyStatus, waitingStatus } from './status.ts'
import { keepsFailing, ofPod, starting } from './troubles.ts'

const FAILED = { reason: 'PodFailed', message: 'container "buildkit" ended with exit code 1' }
const MINUTE = 60
const waiting = { podName: FIRST, since: 600, podSince: HOUR }

function counted(count: number, seconds: number) {
  return { podName: FIRST, count, lastTime: stamp(seconds) }
}

export const failures: Cases = {
  'a Pod that fails again is counted again': {
    observation: observation([failedPod(FIRST, 5)], {
      buildkit: buildkit(FIRST, waitingStatus(starting(FIRST), { ...waiting, failures: counted(1, 60) })),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), { ...waiting, failures: counted(2, 5) }),
      requeueAfterMilliseconds: 15_000,
    },
  },
  'a recreated Pod has the failures of its predecessor': {
    observation: observation([pendingPod(FIRST)], {
      buildkit: buildkit(FIRST, waitingStatus(ofPod(FIRST, FAILED), { ...waiting, failures: counted(2, 60) })),
    }),
    decision: { status: waitingStatus(starting(FIRST), { ...waiting, failures: counted(2, 60) }) },
  },
  'an evicted Pod keeps its failures': {
    observation: observation([failedPod(FIRST, 5, { wasDisrupted: true })], {
      buildkit: buildkit(FIRST, waitingStatus(ofPod(FIRST, FAILED), { ...waiting, failures: counted(2, 60) })),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), { ...waiting, failures: counted(2, 60) }),
      requeueAfterMilliseconds: 5000,
    },
  },
  'a fifth consecutive failure stalls the Buildkit': {
    observation: observation([failedPod(FIRST, 5)], {
      buildkit: buildkit(FIRST, waitingStatus(starting(FIRST), { ...waiting, failures: counted(4, 200) })),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), {
        ...waiting,
        failures: counted(5, 5),
        stalled: keepsFailing(FIRST, 5),
        stalledSince: 0,
      }),
      requeueAfterMilliseconds: 295_000,
    },
  },
  'from the fifth consecutive failure a Pod is deleted after five minutes': {
    observation: observation([failedPod(FIRST, 300)], {
      buildkit: buildkit(FIRST, stalled(9, 300)),
    }),
    decision: {
      status: stalled(9, 300),
      deletions: [{ pod: failedPod(FIRST, 300), reason: 'ended', due: Date.parse(stamp(0)) }],
    },
  },
  'a Pod that keeps failing is still reported while it starts again': {
    observation: observation([pendingPod(FIRST)], { buildkit: buildkit(FIRST, stalled(5, 10)) }),
    decision: {
      status: waitingStatus(starting(FIRST), {
        ...waiting,
        failures: counted(5, 10),
        stalled: keepsFailing(FIRST, 5),
      }),
    },
  },
  'a Pod that kept failing and is now ready is not stalled': {
    observation: observation([pod(FIRST)], { buildkit: buildkit(FIRST, stalled(5, 60)) }),
    decision: {
      status: readyStatus(FIRST, { since: 0, podSince: HOUR, failures: counted(5, 60) }),
      requeueAfterMilliseconds: 600_000,
    },
  },
  'failures are kept for ten minutes of readiness': {
    observation: observation([pod(FIRST)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST, { since: 10 * MINUTE - 1, failures: counted(3, HOUR) })),
    }),
    decision: {
      status: readyStatus(FIRST, { since: 10 * MINUTE - 1, failures: counted(3, HOUR) }),
      requeueAfterMilliseconds: 1000,
    },
  },
  'after ten minutes of readiness failures expire': {
    observation: observation([pod(FIRST)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST, { since: 10 * MINUTE, failures: counted(3, HOUR) })),
    }),
    decision: { status: readyStatus(FIRST, { since: 10 * MINUTE }) },
  },
  'a Pod that fails after ten minutes of readiness starts at one, even without a look in between': {
    observation: observation([failedPod(FIRST, 5)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST, { failures: counted(4, 2 * HOUR) })),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), { ...waiting, since: 0, failures: counted(1, 5) }),
      requeueAfterMilliseconds: 5000,
    },
  },
  'a Pod that fails earlier continues the count': {
    observation: observation([failedPod(FIRST, 5)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST, { since: 604, podSince: HOUR, failures: counted(2, HOUR) })),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), { ...waiting, since: 0, failures: counted(3, 5) }),
      requeueAfterMilliseconds: 35_000,
    },
  },
  'a new current Pod starts without failures': {
    observation: observation([pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { failures: counted(4, 60) })),
    }),
    decision: { status: readyStatus(SECOND) },
  },
}

function stalled(count: number, seconds: number) {
  return waitingStatus(ofPod(FIRST, FAILED), {
    ...waiting,
    failures: counted(count, seconds),
    stalled: keepsFailing(FIRST, count),
  })
}
