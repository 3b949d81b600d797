import type { Condition } from '../../../controller/observation.ts'
import { ago, bareBuildkit, buildkit, FIRST, HOUR, observation, pendingPod, pod, SECOND, stamp } from './builder.ts'
import type { Cases } from './case.ts'
import { readyStatus, waitingStatus } from './status.ts'
import { meanwhile, notRendered, ofPod, starting, UNREADY } from './troubles.ts'

const foreign: readonly Condition[] = [
  { type: 'Audited', status: 'Unknown', reason: 'NotYet', lastTransitionTime: stamp(HOUR) },
  {
    type: 'Paid',
    status: 'True',
    reason: 'ByCard',
    message: 'thanks',
    lastTransitionTime: stamp(7),
    observedGeneration: 1,
  },
]

const { conditions: readyConditions = [] } = readyStatus(FIRST)

export const conditions: Cases = {
  'a condition whose reason changes keeps the time of its last transition': {
    observation: observation([pod(FIRST, { isReady: false, trouble: UNREADY })], {
      buildkit: buildkit(FIRST, waitingStatus(starting(FIRST), { podName: FIRST, since: 60 })),
    }),
    decision: { status: waitingStatus(ofPod(FIRST, UNREADY), { podName: FIRST, since: 60 }) },
  },
  'a condition that changes has its transition now': {
    observation: observation([pod(FIRST)], {
      buildkit: buildkit(FIRST, waitingStatus(starting(FIRST), { podName: FIRST, since: 60 })),
    }),
    decision: { status: readyStatus(FIRST, { since: 0, podSince: 60 }) },
  },
  'a Buildkit that stays ready keeps its transition when its Pod changes': {
    observation: observation([pod(SECOND)], { buildkit: buildkit(SECOND, readyStatus(FIRST)) }),
    decision: {
      status: readyStatus(SECOND, { podSince: 0 }),
    },
  },
  'a new generation is written to the status and every condition, even if nothing else changes': {
    observation: observation([pod(FIRST)], { buildkit: { ...buildkit(FIRST, readyStatus(FIRST)), generation: 4 } }),
    decision: {
      status: {
        ...readyStatus(FIRST),
        observedGeneration: 4,
        conditions: readyConditions.map((condition) => ({ ...condition, observedGeneration: 4 })),
      },
    },
  },
  'conditions of others stay, before ours': {
    observation: observation([pod(FIRST)], {
      buildkit: buildkit(FIRST, {
        ...readyStatus(FIRST),
        conditions: readyConditions.flatMap((condition, at) => [condition, ...foreign.slice(at, at + 1)]),
      }),
    }),
    decision: { status: { ...readyStatus(FIRST), conditions: [...foreign, ...readyConditions] } },
  },
  'Reconciling and Stalled go when the Pod is ready': {
    observation: observation([pod(FIRST)], {
      buildkit: buildkit(FIRST, {
        ...waitingStatus(starting(FIRST), { podName: FIRST, since: 60, stalled: UNREADY }),
      }),
    }),
    decision: { status: readyStatus(FIRST, { since: 0, podSince: 60 }) },
  },
  'Stalled takes the place of Reconciling where only a person can help': {
    observation: observation([], {
      buildkit: bareBuildkit(waitingStatus(starting(FIRST), { podName: FIRST, since: 60 })),
    }),
    decision: { status: waitingStatus(notRendered(), { since: 60, stalledSince: 0, stalled: notRendered() }) },
  },
  'podSince is kept, whatever else changes': {
    observation: observation([pendingPod(FIRST)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST, { podSince: 2 * HOUR })),
    }),
    decision: { status: waitingStatus(starting(FIRST), { podName: FIRST, since: 0, podSince: 2 * HOUR }) },
  },
  'a podName that returns gets a new podSince': {
    observation: observation([pod(FIRST)], { buildkit: buildkit(FIRST, readyStatus(SECOND, { pods: [FIRST] })) }),
    decision: { status: readyStatus(FIRST, { podSince: 0 }) },
  },
  'podSince is never before podName was written, even if the clock of the controller is behind': {
    observation: observation([pod(FIRST)], {
      buildkit: buildkit(FIRST, readyStatus(FIRST, { podSince: HOUR }), {
        podNames: [SECOND],
        podNamesWritten: ago(-90),
      }),
    }),
    decision: {
      status: waitingStatus(starting(SECOND, meanwhile(FIRST)), {
        podName: SECOND,
        since: 0,
        podSince: -90,
        endpoint: FIRST,
        pods: [FIRST],
      }),
      requeueAfterMilliseconds: 5000,
    },
  },
  'a removed podName is forgotten': {
    observation: observation([pod(FIRST)], { buildkit: bareBuildkit(readyStatus(FIRST)) }),
    decision: {
      status: waitingStatus(notRendered(meanwhile(FIRST)), {
        since: 0,
        stalled: notRendered(meanwhile(FIRST)),
        endpoint: FIRST,
        pods: [FIRST],
      }),
    },
  },
}
