import type { Pod } from '../../../controller/pod.ts'
import { ago, buildkit, FIRST, HOUR, observation, pendingPod, pod, SECOND } from './builder.ts'
import type { Cases } from './case.ts'
import { readyStatus, waitingStatus, withServerName } from './status.ts'
import { meanwhile, ofPod, starting, UNREADY } from './troubles.ts'

const NAME = 'small.ci.svc'
const secure = (name: string, rest: Partial<Pod> = {}) => pod(name, { tlsServerName: NAME, ...rest })
const published = withServerName(readyStatus(FIRST), NAME)
const both = withServerName(readyStatus(SECOND, { pods: [FIRST, SECOND] }), NAME)
const old = pod(FIRST, { created: ago(3 * HOUR) })

export const tls: Cases = {
  'with the endpoint goes the name of its certificate': {
    observation: observation([secure(FIRST)], { buildkit: buildkit(FIRST) }),
    decision: { status: withServerName(readyStatus(FIRST, { since: 0 }), NAME) },
  },
  'a Pod that is not ready has no endpoint, and no name': {
    observation: observation([secure(FIRST, { isReady: false, trouble: UNREADY })], {
      buildkit: buildkit(FIRST, published),
    }),
    decision: { status: waitingStatus(ofPod(FIRST, UNREADY), { podName: FIRST, since: 0, podSince: HOUR }) },
  },
  'during a roll to TLS the endpoint of the old Pod has no name': {
    observation: observation([pod(FIRST), pendingPod(SECOND, { tlsServerName: NAME, created: ago(1) })], {
      buildkit: buildkit(SECOND, readyStatus(FIRST)),
    }),
    decision: {
      status: waitingStatus(starting(SECOND, meanwhile(FIRST)), {
        podName: SECOND,
        since: 0,
        endpoint: FIRST,
        pods: [FIRST, SECOND],
      }),
    },
  },
  'during a roll to another name the endpoint of the old Pod has the old one': {
    observation: observation([secure(FIRST), pendingPod(SECOND, { tlsServerName: 'other.ci.svc', created: ago(1) })], {
      buildkit: buildkit(SECOND, published),
    }),
    decision: {
      status: withServerName(
        waitingStatus(starting(SECOND, meanwhile(FIRST)), {
          podName: SECOND,
          since: 0,
          endpoint: FIRST,
          pods: [FIRST, SECOND],
        }),
        NAME,
      ),
    },
  },
  'a Pod that was created again without TLS at the same address has no name': {
    observation: observation([pod(FIRST, { uid: 'another' })], { buildkit: buildkit(FIRST, published) }),
    decision: { status: readyStatus(FIRST) },
  },
  'a superseded Pod is deleted once the status has the address and the name of the current one': {
    observation: observation([old, secure(SECOND, { created: ago(2 * HOUR) })], { buildkit: buildkit(SECOND, both) }),
    decision: { status: both, deletions: [{ pod: old, reason: 'superseded', due: ago(HOUR - 30) }] },
  },
  'with another name in the status clients cannot build: the superseded Pod stays until it is written': {
    observation: observation([old, secure(SECOND, { created: ago(2 * HOUR) })], {
      buildkit: buildkit(SECOND, withServerName(both, 'other.ci.svc')),
    }),
    decision: { status: both, requeueAfterMilliseconds: 1 },
  },
  'a crash does not take the endpoint from a published Pod whose name changes': {
    observation: observation(
      [pod(FIRST, { tlsServerName: 'other.ci.svc', crashes: 5, restarted: ago(1), restartSeen: ago(1) })],
      { buildkit: buildkit(FIRST, published) },
    ),
    decision: { status: withServerName(readyStatus(FIRST), 'other.ci.svc') },
  },
}
