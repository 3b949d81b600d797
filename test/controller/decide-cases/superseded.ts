import type { BuildkitStatus } from '../../../controller/observation.ts'
import type { Pod } from '../../../controller/pod.ts'
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
import type { Case, Cases } from './case.ts'
import { readyStatus, waitingStatus } from './status.ts'
import { meanwhile, notRendered } from './troubles.ts'

/** SECOND has been ready and published for an hour; beside it there are these Pods, and those in `gone` are deleted. */
function beside(others: readonly Pod[], gone: readonly Pod[] = [], written = HOUR): Case {
  const pods = [...others, pod(SECOND, { created: ago(2 * HOUR) })]
  const named = pods.map(({ name }) => name).filter((name) => !name.startsWith('dev-'))
  const status = readyStatus(SECOND, { pods: named.sort() })
  return {
    observation: observation(pods, { buildkit: buildkit(SECOND, status, { podNamesWritten: ago(written) }) }),
    decision: { status, deletions: gone.map((each) => ({ pod: each, reason: 'superseded', due: ago(HOUR - 30) })) },
  }
}

const old = pod(FIRST, { created: ago(3 * HOUR) })
const neverReady = pendingPod(FIRST, { created: ago(3 * HOUR) })
const withOwner = withoutManagedFields(readyStatus(SECOND, { pods: [FIRST, SECOND] }))

export const superseded: Cases = {
  'a superseded Pod is deleted': beside([old], [old]),
  'a Pod that never became ready is deleted when its successor is ready': beside([neverReady], [neverReady]),
  'all superseded Pods are deleted, in the order of their names': beside(
    [pod(THIRD, { created: ago(4 * HOUR) }), old],
    [old, pod(THIRD, { created: ago(4 * HOUR) })],
  ),
  'a Pod that is newer than the present podName may be the next one: it stays': beside([
    pod(THIRD, { created: ago(60) }),
  ]),
  'a Pod of the second in which the controller saw the present podName stays': beside(
    [pod(THIRD, { created: ago(HOUR) })],
    [],
    HOUR - 60,
  ),
  'a Pod that is a second older is deleted': beside(
    [pod(THIRD, { created: ago(HOUR + 1) })],
    [pod(THIRD, { created: ago(HOUR + 1) })],
    HOUR - 60,
  ),
  'a Pod from after podName was written but before the controller saw it stays': beside(
    [pod(THIRD, { created: ago(HOUR + 60) })],
    [],
    HOUR + 120,
  ),
  'a Pod of the second in which the present podName was written stays': beside(
    [pod(THIRD, { created: ago(HOUR + 120) })],
    [],
    HOUR + 120,
  ),
  'another write of the Buildkit does not make a Pod older': beside([pod(THIRD, { created: ago(60) })], [], 30),
  'a Pod that its engine retires stays': beside([pod(FIRST, { created: ago(3 * HOUR), isRetiredByEngine: true })]),
  'a Pod that was renamed after rendering stays': beside([pod('dev-b-ffffffffff', { created: ago(3 * HOUR) })]),
  'a Pod of the operator that has our label is deleted like any other': beside(
    [pod(OPERATORS, { created: ago(3 * HOUR), adoptedBy: 'uid of b' })],
    [pod(OPERATORS, { created: ago(3 * HOUR), adoptedBy: 'uid of b' })],
  ),
  'a Pod of the operator stays if its annotation leaves it to a person': beside([
    pod(OPERATORS, { created: ago(3 * HOUR), adoptedBy: 'uid of b', isRetiredByEngine: true }),
  ]),
  'a Pod that is being deleted is not deleted again': beside([
    pod(FIRST, { created: ago(3 * HOUR), deletionDeadline: ago(-900) }),
  ]),
  'without the time at which podName was written, no Pod is older': {
    observation: observation([old, pod(SECOND, { created: ago(2 * HOUR) })], { buildkit: withOwner }),
    decision: { status: withOwner.status },
  },
  'a Buildkit that is no longer rendered supersedes nothing': {
    observation: observation([old, pod(SECOND)], {
      buildkit: bareBuildkit(readyStatus(SECOND, { pods: [FIRST, SECOND] })),
    }),
    decision: {
      status: waitingStatus(notRendered(meanwhile(SECOND)), {
        since: 0,
        stalled: notRendered(meanwhile(SECOND)),
        endpoint: SECOND,
        pods: [FIRST, SECOND],
      }),
    },
  },
  'a Pod that a rollback to an older one superseded is deleted': {
    observation: observation([pod(FIRST, { created: ago(2 * HOUR) }), pod(SECOND)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST, { podSince: 60, pods: [FIRST, SECOND] })),
    }),
    decision: {
      status: readyStatus(FIRST, { podSince: 60, pods: [FIRST, SECOND] }),
      deletions: [{ pod: pod(SECOND), reason: 'superseded', due: ago(30) }],
    },
  },
}

function withoutManagedFields(status: BuildkitStatus) {
  const { podNamesWritten: _, ...rest } = buildkit(SECOND, status)
  return rest
}
