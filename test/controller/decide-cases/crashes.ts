import { ago, buildkit, FIRST, observation, pod } from './builder.ts'
import type { Cases } from './case.ts'
import { readyStatus, waitingStatus } from './status.ts'
import { ofPod } from './troubles.ts'

const CRASHED = {
  reason: 'CrashLoopBackOff',
  message: 'container "buildkit" ended with exit code 1; the kubelet restarts it',
}
const waits = waitingStatus(ofPod(FIRST, CRASHED), { podName: FIRST, since: 60 })

/** FIRST, which has run for so many seconds after so many crashes. */
function crashed(count: number, seconds: number) {
  return pod(FIRST, { crashes: count, restartSeen: ago(seconds), trouble: CRASHED })
}

export const crashes: Cases = {
  'a Pod that has crashed is not published when it is ready again': {
    observation: observation([crashed(1, 9)], { buildkit: buildkit(FIRST, waits) }),
    decision: { status: waits, requeueAfterMilliseconds: 1000 },
  },
  'it is published when it has run for ten seconds': {
    observation: observation([crashed(1, 10)], { buildkit: buildkit(FIRST, waits) }),
    decision: { status: readyStatus(FIRST, { since: 0, podSince: 60 }) },
  },
  'after more crashes it must run for longer': {
    observation: observation([crashed(3, 10)], { buildkit: buildkit(FIRST, waits) }),
    decision: { status: waits, requeueAfterMilliseconds: 30_000 },
  },
  'the longest wait is five minutes': {
    observation: observation([crashed(1000, 299)], { buildkit: buildkit(FIRST, waits) }),
    decision: { status: waits, requeueAfterMilliseconds: 1000 },
  },
  'a published Pod stays published, whatever its crashes': {
    observation: observation([crashed(7, 0)], { buildkit: buildkit(FIRST, readyStatus(FIRST)) }),
    decision: { status: readyStatus(FIRST) },
  },
}
