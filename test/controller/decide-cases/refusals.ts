import { ago, buildkit, FIRST, failedPod, HOUR, observation, pod, SECOND, stamp } from './builder.ts'
import type { Cases } from './case.ts'
import { isTrue, readyStatus, waitingStatus } from './status.ts'
import { ofPod } from './troubles.ts'

const old = pod(FIRST, { created: ago(2 * HOUR) })
const superseded = { pod: old, reason: 'superseded', due: ago(HOUR - 30) } as const
const FAILED = { reason: 'PodFailed', message: 'container "buildkit" ended with exit code 1' }
const WORDS = 'admission webhook "v1.admission-controller.configsync.gke.io" denied the request'

const plain = readyStatus(SECOND, { pods: [FIRST, SECOND] })

/** The same with the condition that the deletion of FIRST was refused. */
function refusedStatus(since: number) {
  const message = `Pod "${FIRST}" is no longer needed, but the API server refused to delete it: ${WORDS}`
  const refused = isTrue('DeletionRefused', { reason: 'AdmissionRefused', message }, since)
  return { ...plain, conditions: [...(plain.conditions ?? []), refused] }
}

function refusedBefore(seconds: number) {
  return { [FIRST]: { message: WORDS, time: ago(seconds) } }
}

export const refusals: Cases = {
  'a refused deletion waits for five minutes, and the Buildkit reports it': {
    observation: observation([old, pod(SECOND)], { buildkit: buildkit(SECOND, plain), refusals: refusedBefore(1) }),
    decision: { status: refusedStatus(0), requeueAfterMilliseconds: 299_000 },
  },
  'after five minutes it is retried': {
    observation: observation([old, pod(SECOND)], {
      buildkit: buildkit(SECOND, refusedStatus(300)),
      refusals: refusedBefore(300),
    }),
    decision: { status: refusedStatus(300), deletions: [{ ...superseded, due: ago(0) }] },
  },
  'a new controller retries it, and keeps the condition until the result': {
    observation: observation([old, pod(SECOND)], { buildkit: buildkit(SECOND, refusedStatus(60)) }),
    decision: { status: refusedStatus(60), deletions: [superseded] },
  },
  'the condition is removed when nothing is left to delete': {
    observation: observation([pod(SECOND)], { buildkit: buildkit(SECOND, refusedStatus(60)) }),
    decision: { status: readyStatus(SECOND) },
  },
  'the condition is removed when the Pod is being deleted': {
    observation: observation([{ ...old, deletionDeadline: ago(-900) }, pod(SECOND)], {
      buildkit: buildkit(SECOND, refusedStatus(60)),
    }),
    decision: { status: plain },
  },
  'the condition stays when the Pod whose deletion was refused is to be deleted for another reason': {
    observation: observation([failedPod(FIRST, 60)], {
      buildkit: buildkit(FIRST, { ...readyStatus(FIRST), conditions: refusedStatus(60).conditions }),
      refusals: refusedBefore(60),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, FAILED), {
        podName: FIRST,
        since: 0,
        podSince: HOUR,
        failures: { podName: FIRST, count: 1, lastTime: stamp(60) },
        more: refusedStatus(60).conditions.slice(-1),
      }),
      requeueAfterMilliseconds: 240_000,
    },
  },
  'a refusal is irrelevant when the Pod is current again': {
    observation: observation([old], { buildkit: buildkit(FIRST, readyStatus(FIRST)), refusals: refusedBefore(1) }),
    decision: { status: readyStatus(FIRST) },
  },
  'a refusal does not affect another Pod of the same name': {
    observation: observation([{ ...old, uid: 'another' }, pod(SECOND)], {
      buildkit: buildkit(SECOND, plain),
      refusals: refusedBefore(1),
    }),
    decision: { status: plain, deletions: [{ ...superseded, pod: { ...old, uid: 'another' } }] },
  },
}
