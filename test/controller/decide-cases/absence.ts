import { ago, FIRST, failedPod, HOUR, observation, pendingPod, pod, SECOND } from './builder.ts'
import type { Cases } from './case.ts'

const deletedConfirmed = { how: 'deleted', since: ago(40), confirmed: ago(30) } as const

export const absence: Cases = {
  'the Pod of a deleted Buildkit stays for the quarantine': {
    observation: observation([pod(FIRST)], { absence: { how: 'deleted', since: ago(9) } }),
    decision: { requeueAfterMilliseconds: 1000 },
  },
  'after the quarantine a live request must confirm that the Buildkit is gone': {
    observation: observation([pod(FIRST)], { absence: { how: 'deleted', since: ago(10) } }),
    decision: { mustConfirmAbsence: true },
  },
  'half a minute later the Pod is deleted, after a second look for its Buildkit': {
    observation: observation([pod(FIRST)], { absence: deletedConfirmed }),
    decision: { deletions: [{ pod: pod(FIRST), reason: 'deleted', due: ago(0) }] },
  },
  'until then it stays': {
    observation: observation([pod(FIRST)], { absence: { how: 'deleted', since: ago(40), confirmed: ago(29) } }),
    decision: { requeueAfterMilliseconds: 1000 },
  },
  'a Pod whose Buildkit was never seen stays for an hour': {
    observation: observation([pod(FIRST)], { absence: { how: 'never seen', since: ago(HOUR - 1) } }),
    decision: { requeueAfterMilliseconds: 1000 },
  },
  'after an hour a live request must confirm that there is no such Buildkit': {
    observation: observation([pod(FIRST)], { absence: { how: 'never seen', since: ago(HOUR) } }),
    decision: { mustConfirmAbsence: true },
  },
  'a Pod whose Buildkit was never seen is deleted after two such requests': {
    observation: observation([pod(FIRST)], {
      absence: { how: 'never seen', since: ago(2 * HOUR), confirmed: ago(30) },
    }),
    decision: { deletions: [{ pod: pod(FIRST), reason: 'orphaned', due: ago(0) }] },
  },
  'all Pods of a deleted Buildkit are deleted, ready or not, in the order of their names': {
    observation: observation([pendingPod(SECOND), failedPod(FIRST, 5)], { absence: deletedConfirmed }),
    decision: {
      deletions: [
        { pod: failedPod(FIRST, 5), reason: 'deleted', due: ago(0) },
        { pod: pendingPod(SECOND), reason: 'deleted', due: ago(0) },
      ],
    },
  },
  'a Pod that its engine retires, one that was renamed and one that is being deleted stay': {
    observation: observation(
      [pod(FIRST, { isRetiredByEngine: true }), pod('dev-b-ffffffffff'), pod(SECOND, { deletionDeadline: ago(-900) })],
      { absence: deletedConfirmed },
    ),
    decision: {},
  },
  'a Pod from after the deletion of its Buildkit may be the next one: it stays for the orphan grace': {
    observation: observation([pod(FIRST), pod(SECOND, { created: ago(40) })], { absence: deletedConfirmed }),
    decision: {
      deletions: [{ pod: pod(FIRST), reason: 'deleted', due: ago(0) }],
      requeueAfterMilliseconds: (HOUR - 40) * 1000,
    },
  },
  'without a new Buildkit it is an orphan': {
    observation: observation([pod(SECOND, { created: ago(HOUR) })], {
      absence: { how: 'deleted', since: ago(HOUR + 0.5), confirmed: ago(HOUR - 10) },
    }),
    decision: { deletions: [{ pod: pod(SECOND, { created: ago(HOUR) }), reason: 'orphaned', due: ago(0) }] },
  },
  'a recent Pod of a Buildkit that was never seen has an hour of its own': {
    observation: observation([pod(SECOND, { created: ago(60) })], {
      absence: { how: 'never seen', since: ago(2 * HOUR), confirmed: ago(30) },
    }),
    decision: { requeueAfterMilliseconds: (HOUR - 60) * 1000 },
  },
  'a refused deletion of an orphan waits for five minutes': {
    observation: observation([pod(FIRST)], {
      absence: deletedConfirmed,
      refusals: { [FIRST]: { message: 'no', time: ago(10) } },
    }),
    decision: { requeueAfterMilliseconds: 290_000 },
  },
  'without a Buildkit and a Pod there is no next look': {
    observation: observation([], {}),
    decision: {},
  },
}
