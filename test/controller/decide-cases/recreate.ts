import type { Observation } from '../../../controller/observation.ts'
import type { Pod, Trouble } from '../../../controller/pod.ts'
import { ago, buildkit, FIRST, failedPod, HOUR, observation, pendingPod, pod, SECOND, THIRD } from './builder.ts'
import type { Case, Cases } from './case.ts'
import { isTrue, readyStatus, waitingStatus } from './status.ts'
import { labelShared, meanwhile, missing, ofPod, starting, terminating, waitsFor } from './troubles.ts'

const NO_ROOM: Trouble = { reason: 'Unschedulable', message: '0/3 nodes are available: 3 node(s) had no free volume' }
const occupies = `; Pod "${FIRST}" still serves and occupies its resources; if no node fits both, run \`kubectl delete pod ${FIRST} --namespace ci\``

const old = pod(FIRST, { created: ago(2 * HOUR) })
const follower = pendingPod(SECOND, { mustFollow: true, created: ago(60) })
const draining = { deletionDeadline: ago(-840), graceEnds: ago(-840) }
const drained = pod(FIRST, { created: ago(2 * HOUR), ...draining })
const deletion = { reason: 'superseded', due: Number.NEGATIVE_INFINITY, follower: SECOND } as const

interface Scene {
  readonly pods: readonly Pod[]
  readonly trouble: Trouble
  readonly endpoint?: string
  readonly decision?: Case['decision']
  readonly stalled?: Trouble
  /** In seconds before the decision. */
  readonly since?: number
  readonly others?: Pick<Observation, 'rivals'>
}

/** SECOND is current since a minute, and the status says so with this trouble. */
function scene({ pods, trouble, endpoint, decision = {}, stalled, since = 60, others }: Scene): Case {
  const names = pods.map(({ name }) => name).sort()
  const status = waitingStatus(trouble, {
    podName: SECOND,
    since,
    pods: names,
    ...(stalled && { stalled }),
    ...(endpoint !== undefined && { endpoint }),
  })
  return {
    observation: observation(pods, { buildkit: buildkit(SECOND, status), ...others }),
    decision: { status, ...decision },
  }
}

/** The old Pod stays, and the reason is the usual one. */
function stays(current: Pod, trouble: Trouble, decision: Case['decision'] = {}): Case {
  return scene({ pods: [old, current], trouble, endpoint: FIRST, decision })
}

/** The old Pod has been drained for so many seconds. */
function waited(seconds: number, said: string, next: number): Case {
  const created = ago(seconds)
  const pods = [drained, pendingPod(SECOND, { mustFollow: true, created, trouble: NO_ROOM })]
  const trouble = waitsFor(SECOND, FIRST, `, by 2026-11-24T12:14:00Z at the latest${said}`)
  return scene({ pods, trouble, since: seconds, decision: { requeueAfterMilliseconds: next * 1000 } })
}

const MINUTE = '; it has waited for at least 60 seconds'
const overdue = waitsFor(
  SECOND,
  FIRST,
  `, which was due by 2026-11-24T11:59:00Z; check its node and its finalizers: \`kubectl describe pod ${FIRST} --namespace ci\`${MINUTE}`,
)
const about = waitsFor(SECOND, FIRST, `${MINUTE}${meanwhile(FIRST)}`)
const ended = failedPod(SECOND, 5, { mustFollow: true, created: ago(60), wasDisrupted: true })
const { trouble: FAILED = NO_ROOM } = ended

/** The message is the only place where anybody learns why nothing moves. */
const rivalled: Trouble = {
  reason: 'PodRenamed',
  message: `Pod "${SECOND}" waits for Pod "${FIRST}" to end, which stays because Buildkit "c" also names "${SECOND}"; remove the copied \`spec.podName\` from that Buildkit, or run render-buildkit last${meanwhile(FIRST)}`,
}

export const recreate: Cases = {
  'a superseded Pod is deleted as soon as a Pod exists that can only follow': scene({
    pods: [old, follower],
    trouble: about,
    endpoint: FIRST,
    decision: { deletions: [{ pod: old, ...deletion }], requeueAfterMilliseconds: 60_000 },
  }),
  'not before the status has the present podName': {
    observation: observation([old, { ...follower, created: ago(0) }], {
      buildkit: buildkit(SECOND, readyStatus(FIRST)),
    }),
    decision: {
      status: waitingStatus(waitsFor(SECOND, FIRST, meanwhile(FIRST)), {
        podName: SECOND,
        since: 0,
        endpoint: FIRST,
        pods: [FIRST, SECOND],
      }),
      requeueAfterMilliseconds: 1,
    },
  },
  'it stays without the annotation': stays(
    pendingPod(SECOND, { created: ago(60), trouble: NO_ROOM }),
    ofPod(SECOND, NO_ROOM, occupies),
  ),
  'it stays while the current Pod does not exist': scene({
    pods: [old],
    trouble: missing(SECOND, meanwhile(FIRST)),
    endpoint: FIRST,
  }),
  'it stays while the current Pod is being deleted': stays(
    { ...follower, deletionDeadline: ago(-900) },
    terminating(SECOND, meanwhile(FIRST)),
  ),
  'it stays while the current Pod has ended': stays(ended, ofPod(SECOND, FAILED, meanwhile(FIRST)), {
    requeueAfterMilliseconds: 5000,
  }),
  'it stays while another Buildkit names the current Pod': scene({
    pods: [old, follower],
    trouble: rivalled,
    stalled: rivalled,
    endpoint: FIRST,
    others: { rivals: ['c'] },
  }),
  'it stays while another Buildkit shares the label': sharedLabel(),
  'it stays if its engine retires it': scene({
    pods: [{ ...old, isRetiredByEngine: true }, follower],
    trouble: starting(SECOND, meanwhile(FIRST)),
    endpoint: FIRST,
  }),
  'a newer Pod stays: it may be the next one': scene({
    pods: [drained, follower, pendingPod(THIRD, { created: ago(5), mustFollow: true })],
    trouble: waitsFor(SECOND, FIRST, `, by 2026-11-24T12:14:00Z at the latest${MINUTE}`),
    decision: { requeueAfterMilliseconds: 60_000 },
  }),
  'a superseded Pod is deleted at once if the current one could only follow and serves already': {
    observation: observation([old, pod(SECOND, { mustFollow: true })], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { pods: [FIRST, SECOND], since: 5, podSince: 60 })),
    }),
    decision: {
      status: readyStatus(SECOND, { pods: [FIRST, SECOND], since: 5, podSince: 60 }),
      deletions: [{ pod: old, ...deletion }],
    },
  },
  'a Pod that has ended is not waited for': scene({
    pods: [failedPod(FIRST, 60, { created: ago(2 * HOUR) }), { ...follower, trouble: NO_ROOM }],
    trouble: ofPod(SECOND, NO_ROOM),
    decision: { requeueAfterMilliseconds: 240_000 },
  }),
  'the usual reasons apply when the old Pod is gone': scene({
    pods: [{ ...follower, trouble: NO_ROOM }],
    trouble: ofPod(SECOND, NO_ROOM),
  }),
  'a Pod that its engine deletes is waited for': scene({
    pods: [{ ...drained, isRetiredByEngine: true }, follower],
    trouble: waitsFor(SECOND, FIRST, `, by 2026-11-24T12:14:00Z at the latest${MINUTE}`),
    decision: { requeueAfterMilliseconds: 60_000 },
  }),
  'of several Pods the last one is named': scene({
    pods: [drained, pod(THIRD, { created: ago(2 * HOUR), deletionDeadline: ago(-900) }), follower],
    trouble: {
      reason: 'WaitingForHandover',
      message: `Pod "${SECOND}" waits for Pod "${THIRD}" and 1 more to end, by 2026-11-24T12:15:00Z at the latest${MINUTE}`,
    },
    decision: { requeueAfterMilliseconds: 60_000 },
  }),
  'a Pod that exists a minute after its grace period stalls the Buildkit': scene({
    pods: [{ ...drained, deletionDeadline: ago(60), graceEnds: ago(60) }, follower],
    trouble: overdue,
    stalled: overdue,
    decision: { requeueAfterMilliseconds: 60_000 },
  }),
  'until then it does not, whatever the clock of the API server': scene({
    pods: [{ ...drained, deletionDeadline: ago(600), graceEnds: ago(59) }, follower],
    trouble: waitsFor(SECOND, FIRST, `, by 2026-11-24T11:50:00Z at the latest${MINUTE}`),
    decision: { requeueAfterMilliseconds: 1000 },
  }),
  'before fifteen seconds the status says no time': waited(14, '', 1),
  'after fifteen seconds it does': waited(15, '; it has waited for at least 15 seconds', 15),
  'it changes when the time has doubled': waited(29, '; it has waited for at least 15 seconds', 1),
  'a drain of a quarter of an hour costs few writes': waited(899, '; it has waited for at least 480 seconds', 61),
  'a Pod waits from its creation if its name was written long before': scene({
    pods: [drained, { ...follower, created: ago(20) }],
    trouble: waitsFor(SECOND, FIRST, ', by 2026-11-24T12:14:00Z at the latest; it has waited for at least 15 seconds'),
    since: HOUR,
    decision: { requeueAfterMilliseconds: 10_000 },
  }),
}

function sharedLabel(): Case {
  const { observation: seen, decision } = stays(follower, starting(SECOND, meanwhile(FIRST)))
  const conditions = [...(decision.status?.conditions ?? []), isTrue('DeletionRefused', labelShared('c'), 0)]
  return {
    observation: { ...seen, namesakes: ['c'] },
    decision: { ...decision, status: { ...decision.status, conditions } },
  }
}
