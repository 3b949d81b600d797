import { ago, buildkit, FIRST, failedPod, HOUR, observation, pod, SECOND, stamp } from './builder.ts'
import type { Case, Cases } from './case.ts'
import { readyStatus, waitingStatus } from './status.ts'
import { FAILED, missing, ofPod } from './troubles.ts'

const TEN_MINUTES = 600
const pods = [FIRST, SECOND]
const old = pod(FIRST, { created: ago(2 * HOUR) })

/** FIRST failed so many seconds ago, by the clock of its node; the controller saw it eight seconds ago. */
function failed(seconds: number): Case {
  const piece = failedPod(FIRST, seconds, { ended: ago(8) })
  const failures = { podName: FIRST, count: 1, lastTime: stamp(seconds) }
  const status = waitingStatus(ofPod(FIRST, FAILED), { podName: FIRST, since: 8, podSince: HOUR, failures })
  return {
    observation: observation([piece], { buildkit: buildkit(FIRST, status) }),
    decision: { status, requeueAfterMilliseconds: 2000 },
  }
}

/** SECOND has been published since so many seconds, by the clock of whoever wrote that; the controller saw it so long ago. */
function handedOver(written: number, seen: number, rest: Case['decision']): Case {
  const status = readyStatus(SECOND, { pods, since: written })
  const rolled = { podNamesWritten: ago(HOUR), publishedSeen: { [SECOND]: ago(seen) } }
  return {
    observation: observation([old, pod(SECOND)], { buildkit: buildkit(SECOND, status, rolled) }),
    decision: { status, ...rest },
  }
}

/** `created` of a Pod and the end of its Buildkit as two clocks have them, and when this process saw the Pod. */
function orphan(created: number, seen: number, rest: Case['decision']): Case {
  const absence = { how: 'deleted', since: ago(40), confirmed: ago(30) } as const
  const piece = pod(FIRST, { created: ago(created), seen: ago(seen) })
  const deletions = rest.deletions?.map((garbage) => ({ ...garbage, pod: piece }))
  return { observation: observation([piece], { absence }), decision: { ...rest, ...(deletions && { deletions }) } }
}

const gone = { pod: old, due: ago(0) }

export const clocks: Cases = {
  'a failed Pod stays for ten seconds if the clock of its node is behind': failed(8 + TEN_MINUTES),
  'and if it is ahead': failed(8 - TEN_MINUTES),
  'failures expire after ten minutes of readiness, whatever the clock of the node': {
    observation: observation([failedPod(FIRST, 5 - TEN_MINUTES, { ended: ago(5) })], {
      buildkit: buildkit(
        FIRST,
        readyStatus(FIRST, {
          since: 60,
          podSince: HOUR,
          failures: { podName: FIRST, count: 2, lastTime: stamp(HOUR) },
        }),
      ),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), {
        podName: FIRST,
        since: 0,
        podSince: HOUR,
        failures: { podName: FIRST, count: 3, lastTime: stamp(5 - TEN_MINUTES) },
      }),
      requeueAfterMilliseconds: 35_000,
    },
  },
  'the superseded Pod stays for the handover grace if another leader, whose clock is behind, has published': handedOver(
    20 + TEN_MINUTES,
    20,
    { requeueAfterMilliseconds: 10_000 },
  ),
  'it is deleted after the handover grace if the clock of the other leader is ahead': handedOver(30 - TEN_MINUTES, 30, {
    deletions: [{ ...gone, reason: 'superseded' }],
  }),
  'a Pod is missing after five seconds, even if the API server has a later time': {
    observation: observation([], {
      buildkit: buildkit(FIRST, {}, { podNamesWritten: ago(-TEN_MINUTES), podNamesSeen: ago(5) }),
    }),
    decision: {
      status: waitingStatus(missing(FIRST), { podName: FIRST, since: 0, podSince: -TEN_MINUTES, pods: [] }),
    },
  },
  'the Pod of a deleted Buildkit is deleted, even if the API server has a later time': orphan(60 - TEN_MINUTES, 60, {
    deletions: [{ ...gone, reason: 'deleted' }],
  }),
  'a later Pod stays, even if the API server has an earlier time': orphan(35 + TEN_MINUTES, 35, {
    requeueAfterMilliseconds: (HOUR - 35) * 1000,
  }),
}
