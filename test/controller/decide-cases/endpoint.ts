import {
  ago,
  bareBuildkit,
  buildkit,
  FIRST,
  HOUR,
  OPERATORS,
  observation,
  pendingPod,
  pod,
  SECOND,
  THIRD,
} from './builder.ts'
import type { Cases } from './case.ts'
import { isFalse, isTrue, readyStatus, serves, statusWith, waitingStatus, withAddress } from './status.ts'
import { meanwhile, notRendered, starting } from './troubles.ts'

const NEW = { status: { observedGeneration: -1 } }
const rolling = { podName: SECOND, since: 0, podSince: 0, pods: [FIRST, SECOND] }

export const endpoint: Cases = {
  'the endpoint of a new Buildkit is that of its ready Pod': {
    observation: observation([pod(FIRST)], { buildkit: buildkit(FIRST, NEW.status) }),
    decision: { status: readyStatus(FIRST, { since: 0 }) },
  },
  'a Buildkit whose status is up to date stays as it is': {
    observation: observation([pod(FIRST)], { buildkit: buildkit(FIRST, readyStatus(FIRST)) }),
    decision: { status: readyStatus(FIRST) },
  },
  'a new Buildkit whose Pod starts has no endpoint': {
    observation: observation([pendingPod(FIRST)], { buildkit: buildkit(FIRST, NEW.status) }),
    decision: { status: waitingStatus(starting(FIRST), { podName: FIRST, since: 0 }) },
  },
  'during a roll the old Pod keeps the endpoint until the new one is ready': {
    observation: observation([pod(FIRST), pendingPod(SECOND, { created: ago(1) })], {
      buildkit: buildkit(SECOND, readyStatus(FIRST)),
    }),
    decision: {
      status: waitingStatus(starting(SECOND, meanwhile(FIRST)), { ...rolling, endpoint: FIRST }),
    },
  },
  'the endpoint moves when the new Pod is ready, and the old one stays for the handover grace': {
    observation: observation([pod(FIRST), pod(SECOND, { created: ago(20) })], {
      buildkit: buildkit(SECOND, waitingStatus(starting(SECOND), { ...rolling, podSince: 20, endpoint: FIRST })),
    }),
    decision: {
      status: statusWith({
        ...rolling,
        podSince: 20,
        endpoint: SECOND,
        conditions: [
          isTrue('Ready', { reason: 'PodReady', message: `Pod "${SECOND}" is ready` }, 0),
          serves(SECOND, HOUR),
        ],
      }),
      requeueAfterMilliseconds: 30_000,
    },
  },
  'a Pod of the operator keeps the endpoint until the first rendered Pod is ready': {
    observation: observation([pod(OPERATORS, { adoptedBy: 'uid of b' }), pendingPod(SECOND, { created: ago(1) })], {
      buildkit: buildkit(SECOND, { conditions: [serves(OPERATORS, HOUR)] }),
    }),
    decision: {
      status: waitingStatus(starting(SECOND, meanwhile(OPERATORS)), {
        ...rolling,
        endpoint: OPERATORS,
        pods: [SECOND, OPERATORS],
      }),
    },
  },
  'of two ready Pods the current one has the endpoint, even if it is older': {
    observation: observation([pod(FIRST, { created: ago(2 * HOUR) }), pod(SECOND)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST, { pods: [FIRST, SECOND], since: HOUR + 60 })),
    }),
    decision: { status: readyStatus(FIRST, { pods: [FIRST, SECOND], since: HOUR + 60 }) },
  },
  'of two ready Pods that are not current the published one keeps the endpoint': {
    observation: observation([pod(FIRST, { created: ago(2 * HOUR) }), pod(SECOND), pendingPod(THIRD)], {
      buildkit: buildkit(THIRD, readyStatus(FIRST)),
    }),
    decision: {
      status: waitingStatus(starting(THIRD, meanwhile(FIRST)), {
        podName: THIRD,
        since: 0,
        endpoint: FIRST,
        pods: [FIRST, SECOND, THIRD],
      }),
    },
  },
  'of two ready Pods that are neither current nor published the newer one gets the endpoint': {
    observation: observation([pod(FIRST, { created: ago(2 * HOUR) }), pod(SECOND), pendingPod(THIRD)], {
      buildkit: buildkit(THIRD, waitingStatus(starting(THIRD), { podName: THIRD, since: 60 })),
    }),
    decision: {
      status: statusWith({
        podName: THIRD,
        podSince: 60,
        endpoint: SECOND,
        pods: [FIRST, SECOND, THIRD],
        conditions: [
          isFalse('Ready', starting(THIRD, meanwhile(SECOND)), 60),
          serves(SECOND, 0),
          isTrue('Reconciling', starting(THIRD, meanwhile(SECOND)), 60),
        ],
      }),
    },
  },
  'of two such Pods of the same second the first by name gets the endpoint': {
    observation: observation([pod(SECOND), pod(FIRST)], { buildkit: bareBuildkit() }),
    decision: {
      status: statusWith({
        podSince: 0,
        endpoint: FIRST,
        pods: [FIRST, SECOND],
        conditions: [
          isFalse('Ready', notRendered(meanwhile(FIRST)), 0),
          serves(FIRST, 0),
          isTrue('Stalled', notRendered(meanwhile(FIRST)), 0),
        ],
      }),
    },
  },
  'an IPv6 endpoint is published as it is': {
    observation: observation([pod(FIRST, { address: 'tcp://[fd00::1]:1234' })], { buildkit: buildkit(FIRST) }),
    decision: {
      status: withAddress(readyStatus(FIRST, { since: 0 }), 'tcp://[fd00::1]:1234'),
    },
  },
  'a Pod that was created again under its name has another endpoint': {
    observation: observation([pod(FIRST, { uid: 'another', address: 'tcp://10.0.0.9:1234', created: ago(5) })], {
      buildkit: buildkit(FIRST, readyStatus(FIRST)),
    }),
    decision: { status: withAddress(readyStatus(FIRST), 'tcp://10.0.0.9:1234') },
  },
  'a rollback to a Pod that still runs moves the endpoint at once': {
    observation: observation([pod(FIRST, { created: ago(2 * HOUR) }), pod(SECOND)], {
      buildkit: buildkit(FIRST, readyStatus(SECOND, { pods: [FIRST, SECOND] })),
    }),
    decision: {
      status: readyStatus(FIRST, { podSince: 0, pods: [FIRST, SECOND] }),
      requeueAfterMilliseconds: 30_000,
    },
  },
}
