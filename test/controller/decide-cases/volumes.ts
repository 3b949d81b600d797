import type { Pod, Trouble } from '../../../controller/pod.ts'
import { ago, buildkit, FIRST, observation, pendingPod, pod, SECOND } from './builder.ts'
import type { Case, Cases } from './case.ts'
import { waitingStatus } from './status.ts'
import { meanwhile, ofPod, starting, waitsFor } from './troubles.ts'

const SECRET = 'Secret "builder-tls" (tls.crt, tls.key, ca.crt)'
const IMAGE = { reason: 'ImagePullBackOff', message: 'cannot pull its image' }

function waitsForVolumes(podName: string, tail = ''): Trouble {
  const message = `Pod "${podName}" waits for its node to mount its volumes or to set up its network; it needs ${SECRET}; run \`kubectl describe pod ${podName} --namespace ci\` to see what is missing${tail}`
  return { reason: 'WaitingForVolumes', message }
}

/** A Pod whose node has not prepared it for so many seconds, as this process has seen it. */
function mounting(name: string, seconds: number, rest: Partial<Pod> = {}): Pod {
  const waits = { mounting: { needs: SECRET, since: ago(seconds) }, mountingSeen: ago(seconds) }
  return pendingPod(name, { created: ago(60), ...waits, ...rest })
}

/** FIRST is current since a minute, and this is why it is not ready. */
function alone(first: Pod, trouble: Trouble, decision: Case['decision'] = {}): Case {
  const status = waitingStatus(trouble, { podName: FIRST, since: 60 })
  return { observation: observation([first], { buildkit: buildkit(FIRST, status) }), decision: { status, ...decision } }
}

const rolling = { podName: SECOND, since: 60, endpoint: FIRST, pods: [FIRST, SECOND] }
const late = waitsForVolumes(SECOND, meanwhile(FIRST))
const waits = waitsFor(SECOND, FIRST, `; it has waited for at least 60 seconds${meanwhile(FIRST)}`)

export const volumes: Cases = {
  'a Pod whose node prepares it is starting for half a minute': alone(mounting(FIRST, 29), starting(FIRST), {
    requeueAfterMilliseconds: 1000,
  }),
  'after half a minute the status names what it needs': alone(mounting(FIRST, 30), waitsForVolumes(FIRST)),
  'the wait counts from when this process saw it, whatever was written': alone(
    mounting(FIRST, 5, { mounting: { needs: SECRET, since: ago(4000) } }),
    starting(FIRST),
    { requeueAfterMilliseconds: 25_000 },
  ),
  'what the kubelet reports comes first': alone(mounting(FIRST, 60, { trouble: IMAGE }), ofPod(FIRST, IMAGE)),
  'during a roll the old Pod keeps the endpoint': {
    observation: observation([pod(FIRST), mounting(SECOND, 40)], {
      buildkit: buildkit(SECOND, waitingStatus(late, rolling)),
    }),
    decision: { status: waitingStatus(late, rolling) },
  },
  'a Pod that can only follow waits for the other one, whatever it needs': {
    observation: observation([pod(FIRST), mounting(SECOND, 40, { mustFollow: true })], {
      buildkit: buildkit(SECOND, waitingStatus(waits, rolling)),
    }),
    decision: {
      status: waitingStatus(waits, rolling),
      deletions: [{ pod: pod(FIRST), reason: 'superseded', due: Number.NEGATIVE_INFINITY, follower: SECOND }],
      requeueAfterMilliseconds: 60_000,
    },
  },
}
