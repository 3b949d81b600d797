import { ago, buildkit, FIRST, HOUR, observation, pendingPod, pod, SECOND, THIRD } from './builder.ts'
import type { Cases } from './case.ts'
import { ready, readyStatus, serves, statusWith, waitingStatus } from './status.ts'
import { meanwhile, ofPod, starting, UNREADY } from './troubles.ts'

const pods = [FIRST, SECOND]
const old = pod(FIRST, { created: ago(2 * HOUR) })
const superseded = { pod: old, reason: 'superseded' } as const

export const takeOver: Cases = {
  'the Pod that was replaced stays until the hand-over grace is over': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 29, podSince: 60 })),
    }),
    decision: { status: readyStatus(SECOND, { pods, since: 29, podSince: 60 }), requeueAfterMilliseconds: 1000 },
  },
  'it goes when the hand-over grace is over': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 30, podSince: 60 })),
    }),
    decision: {
      status: readyStatus(SECOND, { pods, since: 30, podSince: 60 }),
      deletions: [{ ...superseded, due: ago(0) }],
    },
  },
  'it stays while the status does not say yet that the new one is ready': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(
        SECOND,
        waitingStatus(starting(SECOND), { podName: SECOND, since: 60, endpoint: FIRST, pods }),
      ),
    }),
    decision: {
      status: statusWith({
        podName: SECOND,
        podSince: 60,
        endpoint: SECOND,
        pods,
        conditions: [ready(SECOND, 0), serves(SECOND, HOUR)],
      }),
      requeueAfterMilliseconds: 30_000,
    },
  },
  'it stays while the new one is not ready': {
    observation: observation([old, pendingPod(SECOND)], {
      buildkit: buildkit(
        SECOND,
        waitingStatus(starting(SECOND), { podName: SECOND, since: HOUR, endpoint: FIRST, pods }),
      ),
    }),
    decision: {
      status: waitingStatus(starting(SECOND, meanwhile(FIRST)), {
        podName: SECOND,
        since: HOUR,
        endpoint: FIRST,
        pods,
      }),
    },
  },
  'it stays, and gets the endpoint back, when the new one is not ready any more': {
    observation: observation([old, pod(SECOND, { isReady: false, trouble: UNREADY })], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods })),
    }),
    decision: {
      status: waitingStatus(ofPod(SECOND, UNREADY, meanwhile(FIRST)), {
        podName: SECOND,
        since: 0,
        podSince: HOUR,
        endpoint: FIRST,
        pods,
      }),
    },
  },
  'the hand-over grace begins anew when the new one is ready again': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 10, podSince: HOUR })),
    }),
    decision: { status: readyStatus(SECOND, { pods, since: 10, podSince: HOUR }), requeueAfterMilliseconds: 20_000 },
  },
  'it stays while another endpoint is published than that of the new one, which was created again': {
    observation: observation([old, pod(SECOND, { address: 'tcp://10.0.0.9:1234' })], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 25 })),
    }),
    decision: {
      status: { ...readyStatus(SECOND, { pods, since: 25 }), endpoint: 'tcp://10.0.0.9:1234' },
      requeueAfterMilliseconds: 5000,
    },
  },
  'the hand-over grace begins with the Buildkit where its Pod was ready long before': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 2 * HOUR, podSince: 20 })),
    }),
    decision: {
      status: readyStatus(SECOND, { pods, since: 2 * HOUR, podSince: 20 }),
      requeueAfterMilliseconds: 10_000,
    },
  },
  'the hand-over grace begins when the controller is back where that was away during the roll': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(FIRST, { pods, since: 2 * HOUR }), { podNameWritten: ago(600) }),
    }),
    decision: {
      status: readyStatus(SECOND, { pods, since: 2 * HOUR, podSince: 0 }),
      requeueAfterMilliseconds: 30_000,
    },
  },
  "an address that was another Pod's before is not yet published for the new one": {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(
        SECOND,
        waitingStatus(starting(SECOND), { podName: SECOND, since: 60, endpoint: SECOND, pods }),
      ),
    }),
    decision: {
      status: statusWith({
        podName: SECOND,
        podSince: 60,
        endpoint: SECOND,
        pods,
        conditions: [ready(SECOND, 0), serves(SECOND, HOUR)],
      }),
      requeueAfterMilliseconds: 30_000,
    },
  },
  'an address that was published for another podName is not yet published for this one': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(THIRD, { pods, endpoint: SECOND })),
    }),
    decision: { status: readyStatus(SECOND, { pods, podSince: 0 }), requeueAfterMilliseconds: 30_000 },
  },
  'where all graces are over before the status says so, the next look is at once': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, { ...readyStatus(SECOND, { pods }), endpoint: 'tcp://10.0.0.9:1234' }),
    }),
    decision: { status: readyStatus(SECOND, { pods }), requeueAfterMilliseconds: 1 },
  },
}
