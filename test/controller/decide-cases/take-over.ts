import { ago, buildkit, FIRST, HOUR, observation, pendingPod, pod, SECOND, THIRD } from './builder.ts'
import type { Cases } from './case.ts'
import { ready, readyStatus, serves, statusWith, waitingStatus, withAddress } from './status.ts'
import { meanwhile, ofPod, starting, UNREADY } from './troubles.ts'

const pods = [FIRST, SECOND]
const old = pod(FIRST, { created: ago(2 * HOUR) })
const superseded = { pod: old, reason: 'superseded' } as const

export const takeOver: Cases = {
  'the superseded Pod stays for the handover grace': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 29, podSince: 60 })),
    }),
    decision: { status: readyStatus(SECOND, { pods, since: 29, podSince: 60 }), requeueAfterMilliseconds: 1000 },
  },
  'it is deleted after the handover grace': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 30, podSince: 60 })),
    }),
    decision: {
      status: readyStatus(SECOND, { pods, since: 30, podSince: 60 }),
      deletions: [{ ...superseded, due: ago(0) }],
    },
  },
  'it stays until the status reports the new one as ready': {
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
  'it stays, and gets the endpoint back, when the new one is no longer ready': {
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
  'the handover grace starts again when the new one is ready again': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 10, podSince: HOUR })),
    }),
    decision: { status: readyStatus(SECOND, { pods, since: 10, podSince: HOUR }), requeueAfterMilliseconds: 20_000 },
  },
  'it stays while the published endpoint is not that of the recreated new Pod': {
    observation: observation([old, pod(SECOND, { address: 'tcp://10.0.0.9:1234' })], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 25 })),
    }),
    decision: {
      status: withAddress(readyStatus(SECOND, { pods, since: 25 }), 'tcp://10.0.0.9:1234'),
      requeueAfterMilliseconds: 5000,
    },
  },
  'the handover grace starts with the Buildkit if its Pod was ready long before': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods, since: 2 * HOUR, podSince: 20 })),
    }),
    decision: {
      status: readyStatus(SECOND, { pods, since: 2 * HOUR, podSince: 20 }),
      requeueAfterMilliseconds: 10_000,
    },
  },
  'the handover grace starts with the controller if that was down during the roll': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(FIRST, { pods, since: 2 * HOUR }), { podNamesWritten: ago(600) }),
    }),
    decision: {
      status: readyStatus(SECOND, { pods, since: 2 * HOUR, podSince: 0 }),
      requeueAfterMilliseconds: 30_000,
    },
  },
  'the former address of another Pod is not yet published for the new one': {
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
  'if all graces end before the status is written, the next look is at once': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, withAddress(readyStatus(SECOND, { pods }), 'tcp://10.0.0.9:1234')),
    }),
    decision: { status: readyStatus(SECOND, { pods }), requeueAfterMilliseconds: 1 },
  },
}
