import { ago, buildkit, FIRST, HOUR, observation, pendingPod, pod, SECOND } from './builder.ts'
import type { Cases } from './case.ts'
import { readyStatus, statusWith, waitingStatus } from './status.ts'
import { meanwhile, ofAnotherBuildkit, ofPod, renamed, starting, terminating, UNREADY } from './troubles.ts'

const draining = { deletionDeadline: ago(-900) }

export const endpointLost: Cases = {
  'a Pod that starts to terminate loses the endpoint at once': {
    observation: observation([pod(FIRST, draining)], { buildkit: buildkit(FIRST, readyStatus(FIRST)) }),
    decision: { status: waitingStatus(terminating(FIRST), { podName: FIRST, since: 0, podSince: HOUR }) },
  },
  'a Pod that starts to terminate loses the endpoint to another ready Pod': {
    observation: observation([pod(FIRST, draining), pod(SECOND)], { buildkit: buildkit(FIRST, readyStatus(FIRST)) }),
    decision: {
      status: waitingStatus(terminating(FIRST, meanwhile(SECOND)), {
        podName: FIRST,
        since: 0,
        podSince: HOUR,
        endpoint: SECOND,
        pods: [FIRST, SECOND],
      }),
    },
  },
  'a rollback to a Pod that drains keeps the endpoint until that Pod is created again': {
    observation: observation([pod(FIRST, { ...draining, created: ago(2 * HOUR) }), pod(SECOND)], {
      buildkit: buildkit(FIRST, readyStatus(SECOND)),
    }),
    decision: {
      status: waitingStatus(terminating(FIRST, meanwhile(SECOND)), {
        podName: FIRST,
        since: 0,
        endpoint: SECOND,
        pods: [FIRST, SECOND],
      }),
    },
  },
  'a Pod that is no longer ready loses the endpoint': {
    observation: observation([pod(FIRST, { isReady: false, trouble: UNREADY })], {
      buildkit: buildkit(FIRST, readyStatus(FIRST)),
    }),
    decision: {
      status: waitingStatus(ofPod(FIRST, UNREADY), { podName: FIRST, since: 0, podSince: HOUR }),
    },
  },
  'a Pod that was created again loses the endpoint until it is ready': {
    observation: observation([pendingPod(FIRST, { uid: 'another' })], {
      buildkit: buildkit(FIRST, readyStatus(FIRST)),
    }),
    decision: { status: waitingStatus(starting(FIRST), { podName: FIRST, since: 0, podSince: HOUR }) },
  },
  'a Pod that was renamed after rendering is not published': {
    observation: observation([pod('dev-b-ffffffffff')], { buildkit: buildkit(FIRST, readyStatus(FIRST)) }),
    decision: {
      status: waitingStatus(renamed('dev-b-ffffffffff', 'b'), {
        podName: FIRST,
        since: 0,
        podSince: HOUR,
        stalled: renamed('dev-b-ffffffffff', 'b'),
        pods: [],
      }),
    },
  },
  'a current Pod that was renamed after rendering is not published': {
    observation: observation([pod('dev-b-ffffffffff')], { buildkit: buildkit('dev-b-ffffffffff') }),
    decision: {
      status: waitingStatus(renamed('dev-b-ffffffffff', 'b'), {
        podName: 'dev-b-ffffffffff',
        since: 0,
        stalled: renamed('dev-b-ffffffffff', 'b'),
      }),
    },
  },
  'a Pod with the label of another Buildkit is not published': {
    observation: observation([], {
      buildkit: buildkit(FIRST),
      foreignPods: [pod(FIRST, { buildkit: 'other' })],
    }),
    decision: {
      status: waitingStatus(ofAnotherBuildkit(FIRST, 'other'), {
        podName: FIRST,
        since: 0,
        stalled: ofAnotherBuildkit(FIRST, 'other'),
        pods: [],
      }),
    },
  },
  'a ready Pod without an address is not published': {
    observation: observation([withoutAddress(FIRST)], { buildkit: buildkit(FIRST, readyStatus(FIRST)) }),
    decision: {
      status: waitingStatus(
        {
          reason: 'NoAddress',
          message: `Pod "${FIRST}" must have an IP address and a container "buildkit" with a port named "tcp"`,
        },
        { podName: FIRST, since: 0, podSince: HOUR },
      ),
    },
  },
  'the status lists the Pods of a Buildkit by name, including those that drain': {
    observation: observation([pod(SECOND, { ...draining, created: ago(2 * HOUR) }), pod(FIRST)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST)),
    }),
    decision: { status: statusWith({ ...withConditionsOf(FIRST), pods: [FIRST, SECOND] }) },
  },
}

function withoutAddress(name: string) {
  const { address: _, ...rest } = pod(name)
  return rest
}

function withConditionsOf(podName: string) {
  const { conditions = [] } = readyStatus(podName)
  return { podName, podSince: HOUR, endpoint: podName, conditions }
}
