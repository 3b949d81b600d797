import type { Trouble } from '../../../controller/pod.ts'
import { bareBuildkit, buildkit, FIRST, HOUR, observation, pendingPod, pod, SECOND } from './builder.ts'
import type { Case, Cases } from './case.ts'
import { readyStatus, waitingStatus } from './status.ts'
import { meanwhile, missing, notRendered, ofPod, renamed, renamedItself, starting } from './troubles.ts'

const UNSCHEDULABLE: Trouble = {
  reason: 'Unschedulable',
  message:
    '0/3 nodes are available: 3 Insufficient memory. no new claims to deallocate, preemption: 0/3 nodes are available.',
}

/** What a Pod reports stands in the status of its Buildkit, behind its name. */
function reported(trouble: Trouble): Case {
  return {
    observation: observation([pendingPod(FIRST, { trouble })], {
      buildkit: buildkit(FIRST, waitingStatus(starting(FIRST), { podName: FIRST, since: 60 })),
    }),
    decision: { status: waitingStatus(ofPod(FIRST, trouble), { podName: FIRST, since: 60 }) },
  }
}

/** Buildkit "b" whose Pod is not there, so many seconds after the controller first saw its name. */
function without(podName: string, podSince: number) {
  return buildkit(podName, waitingStatus(starting(podName), { podName, since: podSince, pods: [] }))
}

export const reasons: Cases = {
  'a Buildkit that was never rendered says how': {
    observation: observation([], { buildkit: bareBuildkit({ observedGeneration: -1 }) }),
    decision: { status: waitingStatus(notRendered(), { since: 0, stalled: notRendered() }) },
  },
  'a Pod that is on its way from the same apply is not missing yet': {
    observation: observation([], { buildkit: without(FIRST, 4) }),
    decision: {
      status: waitingStatus(starting(FIRST), { podName: FIRST, since: 4, pods: [] }),
      requeueAfterMilliseconds: 1000,
    },
  },
  'a Pod that is not there after five seconds is missing': {
    observation: observation([], { buildkit: without(FIRST, 5) }),
    decision: { status: waitingStatus(missing(FIRST), { podName: FIRST, since: 5, pods: [] }) },
  },
  'a Pod that is missing while another one serves': {
    observation: observation([pod(FIRST)], {
      buildkit: buildkit(SECOND, waitingStatus(starting(SECOND), { podName: SECOND, since: HOUR, endpoint: FIRST })),
    }),
    decision: {
      status: waitingStatus(missing(SECOND, meanwhile(FIRST)), {
        podName: SECOND,
        since: HOUR,
        endpoint: FIRST,
        pods: [FIRST],
      }),
    },
  },
  'the Pod that was renamed instead is named where the current one is missing': {
    observation: observation([pod('zz-b-ffffffffff'), pod('dev-b-ffffffffff')], { buildkit: without(FIRST, 5) }),
    decision: {
      status: waitingStatus(renamed('dev-b-ffffffffff', 'b'), {
        podName: FIRST,
        since: 5,
        stalled: renamed('dev-b-ffffffffff', 'b'),
        stalledSince: 0,
        pods: [],
      }),
    },
  },
  'a Buildkit that was renamed while the Pod it names is gone, with no patience for that Pod': {
    observation: observation([], { buildkit: without('shop-ffffffffff', 1) }),
    decision: {
      status: waitingStatus(renamedItself('shop-ffffffffff'), {
        podName: 'shop-ffffffffff',
        since: 1,
        stalled: renamedItself('shop-ffffffffff'),
        stalledSince: 0,
        pods: [],
      }),
    },
  },
  'a Pod that cannot be scheduled': reported(UNSCHEDULABLE),
  'a Pod that cannot be scheduled because of the one that still serves': {
    observation: observation([pod(FIRST), pendingPod(SECOND, { trouble: UNSCHEDULABLE })], {
      buildkit: buildkit(SECOND, readyStatus(SECOND, { endpoint: FIRST, pods: [FIRST, SECOND] })),
    }),
    decision: {
      status: {
        ...waitingStatus(
          ofPod(SECOND, { ...UNSCHEDULABLE, message: UNSCHEDULABLE.message.slice(0, -1) }, keepsItsRoom(FIRST)),
          {
            podName: SECOND,
            since: 0,
            podSince: HOUR,
            endpoint: FIRST,
            pods: [FIRST, SECOND],
          },
        ),
      },
    },
  },
  'a Pod whose image cannot be pulled': reported({
    reason: 'ImagePullBackOff',
    message: 'cannot pull its image: failed to resolve reference "docker.io/moby/buildkit:nope": not found',
  }),
  'a Pod whose container crashes': reported({
    reason: 'CrashLoopBackOff',
    message: 'container "buildkit" ended with exit code 1, and is started again',
  }),
  'a Pod whose container was killed for its memory': reported({
    reason: 'OOMKilled',
    message: 'container "buildkit" ended with exit code 137 (OOMKilled), and is started again',
  }),
  'a Pod whose container waits for something else': reported({
    reason: 'ContainerWaiting',
    message: 'CreateContainerConfigError: secret "certs" not found',
  }),
}

function keepsItsRoom(podName: string): string {
  return `; Pod "${podName}" still serves, and keeps its room: if both do not fit, run kubectl delete pod ${podName} --namespace ci`
}
