import { ago, buildkit, failedPod, HOUR, observation, stamp } from './builder.ts'
import type { Cases } from './case.ts'
import {
  AGED,
  allReady,
  andMore,
  NAMES,
  NEXT,
  NEXT_ONE,
  NEXT_TWO,
  NEXT_ZERO,
  ONE,
  old,
  replica,
  rolled,
  someReady,
  statusOf,
  TWO,
  waiting,
  ZERO,
} from './replica.ts'
import { isFalse, isTrue, serves } from './status.ts'
import { FAILED, keepsFailing, meanwhile, ofPod, starting, terminating, UNREADY } from './troubles.ts'

const pods = [...NAMES, ...NEXT]
const fewer = statusOf({
  names: [ZERO],
  podSince: 0,
  serving: [ZERO],
  readyReplicas: 1,
  pods: NAMES,
  conditions: [isTrue('Ready', { reason: 'PodReady', message: `Pod "${ZERO}" is ready` }, HOUR), serves(ZERO, HOUR)],
})
const failures = (podName: string, count: number, seconds: number) => ({ podName, count, lastTime: stamp(seconds) })
const stalledStatus = statusOf({
  serving: [ZERO],
  readyReplicas: 1,
  conditions: [
    isFalse(
      'Ready',
      { reason: FAILED.reason, message: `1 of 3 Pods are ready; ${andMore(ofPod(TWO, FAILED), 1).message}` },
      0,
    ),
    isTrue('Deployed', { reason: 'Available', message: '1 of 3 Pods serve' }, HOUR),
    isTrue('Stalled', keepsFailing(TWO, 5), 0),
  ],
  failures: [failures(ONE, 2, 20), failures(TWO, 5, 20)],
})

export const replicas: Cases = {
  'three ready Pods are listed with their nodes, and clients of one address get the first': {
    observation: observation(old, { buildkit: buildkit(NAMES) }),
    decision: {
      status: {
        ...allReady({ podSince: 0 }, 0),
        conditions: [
          isTrue('Ready', { reason: 'PodReady', message: '3 of 3 Pods are ready' }, 0),
          isTrue('Deployed', { reason: 'Available', message: '3 of 3 Pods serve' }, 0),
        ],
      },
    },
  },
  'the endpoint stays at the same Pod while that serves, whichever it is': {
    observation: observation(old, { buildkit: buildkit(NAMES, allReady({ endpoint: TWO })) }),
    decision: { status: allReady({ endpoint: TWO }) },
  },
  'the endpoint of a Pod that is drained moves to another one at once': {
    observation: observation([replica(ZERO, { deletionDeadline: ago(-900) }), replica(ONE), replica(TWO)], {
      buildkit: buildkit(NAMES, allReady()),
    }),
    decision: { status: someReady(terminating(ZERO), { serving: [ONE, TWO], readyReplicas: 2 }) },
  },
  'a Buildkit is ready when all of its Pods are; until then it says what the first of the others waits for': {
    observation: observation([replica(ZERO), waiting(ONE), waiting(TWO)], { buildkit: buildkit(NAMES, allReady()) }),
    decision: { status: someReady(andMore(starting(ONE), 1), { serving: [ZERO], readyReplicas: 1 }) },
  },
  'a Pod that fails comes before one that starts': {
    observation: observation([replica(ZERO), waiting(ONE), replica(TWO, { isReady: false, trouble: UNREADY })], {
      buildkit: buildkit(NAMES, allReady()),
    }),
    decision: { status: someReady(andMore(ofPod(TWO, UNREADY), 1), { serving: [ZERO], readyReplicas: 1 }) },
  },
  'during a roll each replica keeps its old Pod until its new one is ready, and clients prefer a new one': {
    observation: observation([...old, waiting(NEXT_ZERO), replica(NEXT_ONE, { created: ago(1) }), waiting(NEXT_TWO)], {
      buildkit: buildkit(NEXT, allReady(), rolled),
    }),
    decision: {
      status: someReady(andMore(starting(NEXT_ZERO, meanwhile(ZERO)), 1), {
        names: NEXT,
        podSince: 0,
        serving: [ZERO, NEXT_ONE, TWO],
        endpoint: NEXT_ONE,
        readyReplicas: 1,
        pods,
      }),
      requeueAfterMilliseconds: 30_000,
    },
  },
  'the old Pod of each replica goes after the handover grace of that replica': {
    observation: observation([...old, replica(NEXT_ZERO), replica(NEXT_ONE), replica(NEXT_TWO)], {
      buildkit: buildkit(NEXT, allReady({ names: NEXT, podSince: 60, pods }), {
        ...rolled,
        publishedSeen: { [NEXT_ZERO]: ago(40), [NEXT_ONE]: ago(20), [NEXT_TWO]: ago(30) },
      }),
    }),
    decision: {
      status: allReady({ names: NEXT, podSince: 60, pods }),
      deletions: [
        { pod: replica(ZERO, AGED), reason: 'superseded', due: ago(10) },
        { pod: replica(TWO, AGED), reason: 'superseded', due: ago(0) },
      ],
      requeueAfterMilliseconds: 10_000,
    },
  },
  'Pods of replicas that Git takes away go after the handover grace, and clients leave them at once': {
    observation: observation(old, {
      buildkit: buildkit([ZERO], allReady({ endpoint: TWO }), { formerPodNames: [ONE, TWO] }),
    }),
    decision: {
      status: fewer,
      requeueAfterMilliseconds: 30_000,
    },
  },
  'that is so however long the Pod that is left has been published': {
    observation: observation(old, {
      buildkit: buildkit([ZERO], fewer, {
        formerPodNames: [ONE, TWO],
        podNamesSeen: ago(10),
        publishedSeen: { [ZERO]: ago(HOUR) },
      }),
    }),
    decision: { status: fewer, requeueAfterMilliseconds: 20_000 },
  },
  'that is so where new Pods can only follow, too: the Pod that is left follows nobody': {
    observation: observation([replica(ZERO, { ...AGED, mustFollow: true }), ...old.slice(1)], {
      buildkit: buildkit([ZERO], allReady({ endpoint: TWO }), { formerPodNames: [ONE, TWO] }),
    }),
    decision: {
      status: fewer,
      requeueAfterMilliseconds: 30_000,
    },
  },
  'failures are counted for each Pod, and what needs a person comes first': {
    observation: observation([replica(ZERO), failedPod(ONE, 20, { replica: 1 }), failedPod(TWO, 20, { replica: 2 })], {
      buildkit: buildkit(
        NAMES,
        { ...allReady(), failures: [failures(ONE, 1, 60), failures(TWO, 4, 600)] },
        { publishedSeen: { [ZERO]: ago(HOUR) } },
      ),
    }),
    decision: { status: stalledStatus, requeueAfterMilliseconds: 1 },
  },
}
