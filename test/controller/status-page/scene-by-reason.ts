import type { BuildkitStatus } from '../../../controller/observation.ts'
import * as reasons from '../../../controller/reasons.ts'
import {
  condition,
  container,
  notReady,
  readyContainer,
  runningStatus,
  terminated,
  waiting,
} from '../observe/pod-object.ts'
import {
  crashing,
  failed,
  follower,
  NEW,
  newReady,
  OLD,
  oldDraining,
  oldReady,
  pod,
  restarting,
  starting,
  statusIn,
  unmounted,
  unpullable,
  waitingPod,
} from './scenes.ts'

const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'proxy-7d9f8c6b5d', uid: 'r', controller: true }
const deployed = pod('proxy-7d9f8c6b5d-x7k2p', runningStatus([readyContainer()]), { ownerReferences: [owner] })
const running = { running: { startedAt: '2026-11-24T11:45:03Z' } }
const NO_ROOM = '0/3 nodes are available: 3 Insufficient memory.'
const REFUSED = 'admission webhook "v1.admission-webhook.configsync.gke.io" denied the request'
const unscheduled = { ...condition('PodScheduled', 'False', '2026-11-24T11:45:00Z'), message: NO_ROOM }
const refusals = new Map([[OLD, { message: REFUSED, time: Date.parse('2026-11-24T11:59:00Z') }]])
const afterHandover: BuildkitStatus = statusIn({ pods: [oldReady, newReady], before: longReady() })

/** A status in which a reason stands, by the reason. */
export const sceneByReason: Readonly<Record<string, BuildkitStatus>> = {
  [reasons.POD_READY]: statusIn({ pods: [newReady] }),
  [reasons.AVAILABLE]: statusIn({ pods: [oldReady, starting] }),
  [reasons.POD_STARTING]: statusIn({ pods: [oldReady, starting] }),
  [reasons.NOT_RENDERED]: statusIn({ podNames: [], pods: [] }),
  [reasons.POD_MISSING]: statusIn({ pods: [] }),
  [reasons.POD_RENAMED]: statusIn({ pods: [pod(`dev-${NEW}`, runningStatus([readyContainer()]))] }),
  [reasons.WAITING_FOR_TERMINATION]: statusIn({
    pods: [pod(NEW, runningStatus([readyContainer()]), { deletionTimestamp: '2026-11-24T12:15:00Z' })],
  }),
  [reasons.WAITING_FOR_HANDOVER]: statusIn({ pods: [oldDraining, follower] }),
  [reasons.UNSCHEDULABLE]: statusIn({ pods: [oldReady, pod(NEW, { phase: 'Pending', conditions: [unscheduled] })] }),
  [reasons.WAITING_FOR_VOLUMES]: statusIn({ pods: [unmounted] }),
  [reasons.IMAGE_PULL_BACK_OFF]: statusIn({ pods: [oldReady, unpullable] }),
  [reasons.CRASH_LOOP_BACK_OFF]: statusIn({ pods: [crashing] }),
  [reasons.CONTAINER_RESTARTING]: statusIn({ pods: [restarting] }),
  [reasons.OOM_KILLED]: statusIn({ pods: [waitingPod(running, terminated(137, 'OOMKilled'))] }),
  [reasons.CONTAINER_WAITING]: statusIn({
    pods: [waitingPod(waiting('CreateContainerConfigError', 'secret "certs" not found'))],
  }),
  [reasons.CONTAINER_NOT_READY]: statusIn({
    pods: [pod(NEW, runningStatus([container(running)], { conditions: [notReady('2026-11-24T11:59:00Z')] }))],
  }),
  [reasons.NO_ADDRESS]: statusIn({ pods: [pod(NEW, runningStatus([readyContainer()], { podIP: '' }))] }),
  [reasons.EVICTED]: statusIn({
    pods: [pod(NEW, { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' })],
  }),
  [reasons.POD_FAILED]: statusIn({ pods: [failed] }),
  [reasons.POD_SUCCEEDED]: statusIn({
    pods: [pod(NEW, { phase: 'Succeeded', containerStatuses: [container(terminated(0, 'Completed'))] })],
  }),
  [reasons.KEEPS_FAILING]: statusIn({ pods: [failed], before: failedBefore(4) }),
  [reasons.ADMISSION_REFUSED]: statusIn({ pods: [oldReady, newReady], before: afterHandover, refusals }),
  [reasons.LABEL_SHARED]: statusIn({ pods: [newReady], namesakes: ['shop-with-a-long-name'] }),
  [reasons.SUSPENDED_BY_LABEL]: statusIn({ pods: [oldReady, newReady], suspend: 'true' }),
  [reasons.LABEL_INVALID]: statusIn({ pods: [newReady], suspend: 'yes' }),
  [reasons.POD_OWNED_BY_ANOTHER]: statusIn({ pods: [newReady, deployed] }),
}

function longReady(): BuildkitStatus {
  const transition = { reason: reasons.POD_READY, lastTransitionTime: '2026-11-24T11:50:00Z' }
  return {
    podName: NEW,
    podSince: '2026-11-24T11:45:00Z',
    endpoint: 'tcp://10.222.0.14:1234',
    endpoints: [{ podName: NEW, address: 'tcp://10.222.0.14:1234' }],
    conditions: [{ type: reasons.READY, status: 'True', ...transition }],
  }
}

function failedBefore(count: number): BuildkitStatus {
  const failures = [{ podName: NEW, count, lastTime: '2026-11-24T11:20:00Z' }]
  return { podName: NEW, podSince: '2026-11-24T11:00:00Z', failures }
}
