import type { Pod } from '../../../controller/pod.ts'
import { ago, buildkit, FIRST, failedPod, HOUR, observation, pod, SECOND, stamp, THIRD } from './builder.ts'
import type { Case, Cases } from './case.ts'
import { readyStatus, waitingStatus } from './status.ts'
import { meanwhile, ofPod } from './troubles.ts'

const failed = failedPod(FIRST, 7)
const { trouble: FAILED = { reason: '', message: '' } } = failed
const counted = { podName: FIRST, count: 1, lastTime: stamp(7) }
const waiting = { podName: FIRST, since: 7, podSince: HOUR }

const evicted = { reason: 'Evicted', message: 'evicted: The node was low on resource: memory.' }

/** FIRST, alone and current; its end stands in the status already. */
function current(piece: Pod, { count }: { readonly count: number }): Case {
  const { trouble = FAILED, finished = 0 } = piece
  const failures = { podName: FIRST, count, lastTime: new Date(finished).toISOString().replace('.000Z', 'Z') }
  const status = waitingStatus(ofPod(FIRST, trouble), { ...waiting, ...(count > 0 && { failures }) })
  return {
    observation: observation([piece], { buildkit: buildkit(FIRST, status) }),
    decision: { status, deletions: [{ pod: piece, reason: 'ended', due: ago(0) }] },
  }
}

/** SECOND is ready and current, and beside it there is a Pod that ended. */
function beside(piece: Pod, rest: Case['decision']): Case {
  const status = readyStatus(SECOND, { pods: [piece.name, SECOND].sort() })
  return {
    observation: observation([piece, pod(SECOND)], { buildkit: buildkit(SECOND, status) }),
    decision: { status, ...rest },
  }
}

export const ended: Cases = {
  'a Pod that has failed is counted before it goes': {
    observation: observation([failed], { buildkit: buildkit(FIRST, readyStatus(FIRST)) }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), { ...waiting, since: 0, failures: counted }),
      requeueAfterMilliseconds: 3000,
    },
  },
  'a Pod that has failed long ago is counted, and looked at again at once': {
    observation: observation([failedPod(FIRST, 60)], { buildkit: buildkit(FIRST, readyStatus(FIRST)) }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), {
        ...waiting,
        since: 0,
        failures: { ...counted, lastTime: stamp(60) },
      }),
      requeueAfterMilliseconds: 1,
    },
  },
  'a Pod that has failed stays for ten seconds': {
    observation: observation([failed], {
      buildkit: buildkit(FIRST, waitingStatus(ofPod(FIRST, FAILED), { ...waiting, failures: counted })),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), { ...waiting, failures: counted }),
      requeueAfterMilliseconds: 3000,
    },
  },
  'a Pod that has failed goes after ten seconds, so that its engine creates it again': current(failedPod(FIRST, 10), {
    count: 1,
  }),
  'after its second failure in a row it goes after twenty seconds': current(failedPod(FIRST, 20), { count: 2 }),
  'after its fourth failure in a row it goes after eighty seconds': current(failedPod(FIRST, 80), { count: 4 }),
  'a Pod that has succeeded is treated alike': current(
    failedPod(FIRST, 10, {
      phase: 'Succeeded',
      trouble: { reason: 'PodSucceeded', message: 'ended with exit code 0' },
    }),
    { count: 1 },
  ),
  'a Pod that was evicted goes after ten seconds, and is not counted': current(
    failedPod(FIRST, 10, { trouble: evicted, wasDisrupted: true }),
    { count: 0 },
  ),
  'a Pod that ended goes although its engine retires Pods, for it stands in its own way': current(
    failedPod(FIRST, 10, { isRetiredByEngine: true }),
    { count: 1 },
  ),
  'a Pod that ended and is being deleted is not deleted again': {
    observation: observation([failedPod(FIRST, 20, { deletionDeadline: ago(-900) })], {
      buildkit: buildkit(FIRST, current(failedPod(FIRST, 20), { count: 1 }).decision.status),
    }),
    decision: {
      status: waitingStatus(
        {
          reason: 'WaitingForTermination',
          message: `Pod "${FIRST}" is terminating and will be gone by 2026-11-24T12:15:00Z; a new Pod can then take its name`,
        },
        { ...waiting, failures: { ...counted, lastTime: stamp(20) } },
      ),
    },
  },
  'a Pod that ended during a roll is counted while the old one serves': {
    observation: observation([pod(SECOND), failed], {
      buildkit: buildkit(FIRST, readyStatus(SECOND, { podName: FIRST, pods: [FIRST, SECOND] })),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED, meanwhile(SECOND)), {
        ...waiting,
        since: 0,
        failures: counted,
        endpoint: SECOND,
        pods: [FIRST, SECOND],
      }),
      requeueAfterMilliseconds: 3000,
    },
  },
  'a Pod that ended and is not current goes after five minutes': beside(failedPod(THIRD, 300, { created: ago(600) }), {
    deletions: [{ pod: failedPod(THIRD, 300, { created: ago(600) }), reason: 'ended', due: ago(0) }],
  }),
  'until then it stays': beside(failedPod(THIRD, 299, { created: ago(600) }), { requeueAfterMilliseconds: 1000 }),
  'a Pod that ended and is not current stays where its engine retires it': beside(
    failedPod(FIRST, HOUR, { isRetiredByEngine: true }),
    {},
  ),
}
