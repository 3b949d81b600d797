import { ago, buildkit, FIRST, HOUR, observation, pendingPod, pod, SECOND, THIRD } from './builder.ts'
import type { Cases } from './case.ts'
import { isTrue, readyStatus, waitingStatus } from './status.ts'
import { labelShared, meanwhile, ofAnotherBuildkit, renamedItself, starting } from './troubles.ts'

/** Git has named the current Pod, and no other that this process knows of. */
const unknown = { formerPodNames: [] }
const pending = { podName: SECOND, since: 60, pods: [SECOND] }
const waits = waitingStatus(starting(SECOND), pending)
const replicaSet = { kind: 'ReplicaSet', name: 'b-7d9f8c6b5d', uid: 'r' }
const label = 'buildkit.seatgeek.io/buildkit'

function ignores(rest: string) {
  const message = `Pod "b-zzzzzzzzzz" has this Buildkit's label but belongs to ReplicaSet "b-7d9f8c6b5d"${rest}; the controller neither publishes nor deletes such Pods; remove the label ${label} from the template of that ReplicaSet`
  return isTrue('PodsIgnored', { reason: 'PodOwnedByAnother', message }, 0)
}

function withIgnored(rest = '') {
  const status = readyStatus(SECOND)
  return { ...status, conditions: [...(status.conditions ?? []), ignores(rest)] }
}

const stranger = { message: '', reason: 'PodOwnedByAnother' }
const taken = {
  ...stranger,
  message: `Pod "${SECOND}" belongs to ReplicaSet "b-7d9f8c6b5d"; delete it, and apply the rendered package of this Buildkit, which has a Pod of that name`,
}

export const naming: Cases = {
  'a ready Pod with the label that Git has never named is not published': {
    observation: observation([pod(THIRD), pendingPod(SECOND)], { buildkit: buildkit(SECOND, waits, unknown) }),
    decision: { status: waits },
  },
  'a formerly current Pod is published while the current one is not ready': {
    observation: observation([pod(FIRST), pendingPod(SECOND)], {
      buildkit: buildkit(SECOND, readyStatus(FIRST), { formerPodNames: [FIRST] }),
    }),
    decision: {
      status: waitingStatus(starting(SECOND, meanwhile(FIRST)), {
        ...pending,
        since: 0,
        endpoint: FIRST,
        pods: [FIRST, SECOND],
      }),
    },
  },
  'a Pod that somebody has added to the references of the status is not published': {
    observation: observation([pod(THIRD), pendingPod(SECOND)], {
      buildkit: buildkit(SECOND, waitingStatus(starting(SECOND), { ...pending, pods: [SECOND, THIRD] }), unknown),
    }),
    decision: { status: waits },
  },
  'a Pod whose owner is the Buildkit with another uid is not published': {
    observation: observation([pod('database-0', { adoptedBy: 'nobody' }), pendingPod(SECOND)], {
      buildkit: buildkit(SECOND, waits, unknown),
    }),
    decision: { status: waits },
  },
  'a Pod of another controller is neither published nor deleted, and the status reports it': {
    observation: observation([pod(SECOND), pod('b-zzzzzzzzzz', { created: ago(3 * HOUR), controller: replicaSet })], {
      buildkit: buildkit(SECOND, readyStatus(SECOND)),
    }),
    decision: { status: withIgnored() },
  },
  'of many such Pods the first is named': {
    observation: observation(
      [
        pod(SECOND),
        ...['zzzzzzzzzz', 'zzzzzzzzzzz', 'zzzzzzzzzzzz'].map((end) => pod(`b-${end}`, { controller: replicaSet })),
      ],
      { buildkit: buildkit(SECOND, readyStatus(SECOND)) },
    ),
    decision: { status: withIgnored(', and so do 2 more') },
  },
  'a Pod that its own Buildkit controls does not belong to another controller': {
    observation: observation(
      [pod('b-x7k2p', { controller: { kind: 'Buildkit', name: 'b', uid: 'uid of b' }, adoptedBy: 'uid of b' })],
      { buildkit: buildkit(SECOND, waitingStatus(starting(SECOND), { ...pending, since: 1, pods: [] }), unknown) },
    ),
    decision: {
      status: {
        ...waitingStatus(starting(SECOND, meanwhile('b-x7k2p')), {
          ...pending,
          since: 1,
          endpoint: 'b-x7k2p',
          pods: ['b-x7k2p'],
        }),
        conditions:
          waitingStatus(starting(SECOND, meanwhile('b-x7k2p')), {
            ...pending,
            since: 1,
            endpoint: 'b-x7k2p',
          }).conditions?.map((condition) =>
            condition.type === 'Deployed' ? { ...condition, lastTransitionTime: '2026-11-24T12:00:00Z' } : condition,
          ) ?? [],
      },
      requeueAfterMilliseconds: 4000,
    },
  },
  'a Pod of another controller with the name of the current Pod stalls the Buildkit': {
    observation: observation([pod(SECOND, { controller: replicaSet })], { buildkit: buildkit(SECOND) }),
    decision: {
      status: waitingStatus(taken, {
        podName: SECOND,
        since: 0,
        stalled: taken,
        pods: [],
        more: [
          isTrue(
            'PodsIgnored',
            {
              reason: 'PodOwnedByAnother',
              message: `Pod "${SECOND}" has this Buildkit's label but belongs to ReplicaSet "b-7d9f8c6b5d"; the controller neither publishes nor deletes such Pods; remove the label ${label} from the template of that ReplicaSet`,
            },
            0,
          ),
        ],
      }),
    },
  },
  'a Buildkit that names the Pod of another one is stalled, with both names': {
    observation: observation([], {
      buildkit: buildkit(FIRST),
      foreignPods: [pod(FIRST, { buildkit: 'other' })],
      rivals: ['other'],
    }),
    decision: {
      status: waitingStatus(ofAnotherBuildkit(FIRST, 'other', ', which also names it'), {
        podName: FIRST,
        since: 0,
        stalled: ofAnotherBuildkit(FIRST, 'other', ', which also names it'),
        pods: [],
      }),
    },
  },
  'the same after that Pod is gone': {
    observation: observation([], { buildkit: buildkit('other-bcdfghjklm'), rivals: ['other'] }),
    decision: {
      status: waitingStatus(renamedItself('other-bcdfghjklm', ', which Buildkit "other" also names'), {
        podName: 'other-bcdfghjklm',
        since: 0,
        stalled: renamedItself('other-bcdfghjklm', ', which Buildkit "other" also names'),
        pods: [],
      }),
    },
  },
  'two Buildkits with the same label are served by their own Pods, and none is deleted': {
    observation: observation([pod(FIRST, { created: ago(3 * HOUR) }), pod(SECOND), pod(THIRD)], {
      buildkit: buildkit(SECOND, readyStatus(SECOND), unknown),
      namesakes: ['bb'],
    }),
    decision: {
      status: {
        ...readyStatus(SECOND),
        conditions: [...(readyStatus(SECOND).conditions ?? []), isTrue('DeletionRefused', labelShared('bb'), 0)],
      },
    },
  },
}
