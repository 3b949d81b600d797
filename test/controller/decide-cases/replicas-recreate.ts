import type { BuildkitStatus } from '../../../controller/observation.ts'
import type { Pod, Trouble } from '../../../controller/pod.ts'
import { addressOf, ago, buildkit, HOUR, observation } from './builder.ts'
import type { Cases } from './case.ts'
import {
  AGED,
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
import { paused } from './suspended.ts'
import { meanwhile, waitsFor } from './troubles.ts'

const AT_ONCE = Number.NEGATIVE_INFINITY
const following = { mustFollow: true }
const followers = NEXT.map((name) => waiting(name, following))
const drained = replica(ONE, { ...AGED, deletionDeadline: ago(-900), graceMilliseconds: 900_000, graceEnds: ago(-900) })
const unready = replica(ONE, { ...AGED, isReady: false })

/** The first new Pod waits although the one before it is not being deleted. */
const waits: Trouble = waitsFor(
  NEXT_ZERO,
  ZERO,
  `, which happens once all other Pods of this Buildkit serve${meanwhile(ZERO)}`,
)

/** A roll of three replicas, which began just now. */
const three = { names: NEXT, podSince: 0, readyReplicas: 0, pods: [...NAMES, ...NEXT] }
const allWait = someReady(andMore(waits, 2), { ...three, serving: NAMES })

const suspendedWait = paused(
  someReady(andMore(waitsFor(NEXT_ZERO, ZERO, meanwhile(ZERO)), 2), { ...three, serving: NAMES }),
)

/** A roll of two. */
const two = { names: NEXT.slice(0, 2), podSince: 0 }
const moved = someReady(waits, {
  ...two,
  serving: [ZERO, NEXT_ONE],
  endpoint: NEXT_ONE,
  readyReplicas: 1,
  pods: [ZERO, NEXT_ZERO, NEXT_ONE],
})
const oneServes = someReady(andMore(waits, 1), {
  ...two,
  serving: [ZERO],
  readyReplicas: 0,
  pods: [ZERO, ONE, NEXT_ZERO, NEXT_ONE],
})

/** A roll of three of which no old one is ready. */
const [brokenZero, ...brokenRest] = [ZERO, ONE, TWO].map((name) => replica(name, { ...AGED, isReady: false })) as [
  Pod,
  ...Pod[],
]
const noneServes = someReady(andMore(waitsFor(NEXT_ZERO, ZERO), 2), { ...three, serving: [] })
const isReplaced = ', which happens once no other Pod of this Buildkit is being replaced'
const oneStarts = someReady(andMore(waitsFor(NEXT_ZERO, ZERO, isReplaced), 2), {
  ...three,
  serving: [],
  pods: [ZERO, TWO, ...NEXT],
})

/** A roll of three to one, while clients of one address have the last. */
const waitsForOwn = waitsFor(NEXT_ZERO, ZERO, meanwhile(TWO))
const fewer: BuildkitStatus = {
  ...statusOf({
    names: [NEXT_ZERO],
    podSince: 0,
    serving: [TWO],
    readyReplicas: 0,
    pods: [...NAMES, NEXT_ZERO],
    conditions: [isFalse('Ready', waitsForOwn, 0), serves(TWO, HOUR), isTrue('Reconciling', waitsForOwn, 0)],
  }),
  endpoints: [{ podName: TWO, nodeName: 'node-2', address: addressOf(TWO) }],
}

export const replicasRecreate: Cases = {
  'one old Pod goes at a time, and not the one that clients prefer': {
    observation: observation([...old, ...followers], { buildkit: buildkit(NEXT, allWait, rolled) }),
    decision: {
      status: allWait,
      deletions: [{ pod: replica(ONE, AGED), reason: 'superseded', due: AT_ONCE, follower: NEXT_ONE }],
      requeueAfterMilliseconds: 15_000,
    },
  },
  'the next one stays until the one before serves': {
    observation: observation([replica(ZERO, AGED), drained, replica(TWO, AGED), ...followers], {
      buildkit: buildkit(NEXT, allWait, rolled),
    }),
    decision: {
      status: someReady(andMore(waits, 2), { ...three, serving: [ZERO, TWO] }),
      requeueAfterMilliseconds: 15_000,
    },
  },
  'an old Pod that the engine ends does not keep the next one from its turn': {
    observation: observation(
      [replica(ZERO, AGED), replica(ONE, { ...AGED, isRetiredByEngine: true }), replica(TWO, AGED), ...followers],
      { buildkit: buildkit(NEXT, allWait, rolled) },
    ),
    decision: {
      status: allWait,
      deletions: [{ pod: replica(TWO, AGED), reason: 'superseded', due: AT_ONCE, follower: NEXT_TWO }],
      requeueAfterMilliseconds: 15_000,
    },
  },
  'of a suspended Buildkit no old Pod goes, and none is promised to': {
    observation: observation([...old, ...followers], {
      buildkit: buildkit(NEXT, suspendedWait, { ...rolled, suspend: 'true' }),
    }),
    decision: { status: suspendedWait, requeueAfterMilliseconds: 15_000 },
  },
  'the one that clients prefer goes when they prefer a new one': {
    observation: observation([replica(ZERO, AGED), replica(NEXT_ONE), waiting(NEXT_ZERO, following)], {
      buildkit: buildkit(NEXT.slice(0, 2), moved, rolled),
    }),
    decision: {
      status: moved,
      deletions: [{ pod: replica(ZERO, AGED), reason: 'superseded', due: AT_ONCE, follower: NEXT_ZERO }],
      requeueAfterMilliseconds: 15_000,
    },
  },
  'an old Pod that does not serve goes although others do not serve either': {
    observation: observation([replica(ZERO, AGED), unready, ...followers.slice(0, 2)], {
      buildkit: buildkit(NEXT.slice(0, 2), oneServes, rolled),
    }),
    decision: {
      status: oneServes,
      deletions: [{ pod: unready, reason: 'superseded', due: AT_ONCE, follower: NEXT_ONE }],
      requeueAfterMilliseconds: 15_000,
    },
  },
  'of old Pods that do not serve one goes at a time, too': {
    observation: observation([brokenZero, ...brokenRest, ...followers], {
      buildkit: buildkit(NEXT, noneServes, rolled),
    }),
    decision: {
      status: noneServes,
      deletions: [{ pod: brokenZero, reason: 'superseded', due: AT_ONCE, follower: NEXT_ZERO }],
      requeueAfterMilliseconds: 15_000,
    },
  },
  'the others that do not serve stay until the new Pod does': {
    observation: observation([brokenZero, ...brokenRest.slice(1), ...followers], {
      buildkit: buildkit(NEXT, oneStarts, rolled),
    }),
    decision: { status: oneStarts, requeueAfterMilliseconds: 15_000 },
  },
  'of fewer replicas the one that is left waits for its own old Pod, and the others serve until it does': {
    observation: observation([...old, waiting(NEXT_ZERO, following)], {
      buildkit: buildkit([NEXT_ZERO], fewer, rolled),
    }),
    decision: {
      status: fewer,
      deletions: [{ pod: replica(ZERO, AGED), reason: 'superseded', due: AT_ONCE, follower: NEXT_ZERO }],
      requeueAfterMilliseconds: 15_000,
    },
  },
}
