import { decide } from '../../../controller/decide.ts'
import type { BuildkitStatus, Observation } from '../../../controller/observation.ts'
import { toPod } from '../../../controller/observe/to-pod.ts'
import { publishedAt, witnessPod } from '../../../controller/observe/witness.ts'
import { at } from '../decide-cases/builder.ts'
import {
  condition,
  container,
  podObject,
  readyContainer,
  runningStatus,
  terminated,
  waiting,
} from '../observe/pod-object.ts'

/** The moment of every scene. */
export const NOW = Date.parse('2026-11-24T12:00:00Z')
export const OLD = 'shop-8blrpmsthb'
export const NEW = 'shop-8bz7dkzltw'
export const OTHER = 'shop-7vxgtkq5zr'

interface Scene {
  /** Of the current Pods, in the order of their replicas. */
  readonly podNames?: readonly string[]
  /** As the API server sends them. */
  readonly pods: readonly object[]
  /** What the status said before; that NEW was seen a quarter of an hour ago where it does not say so. */
  readonly before?: BuildkitStatus
  readonly refusals?: Observation['refusals']
  readonly namesakes?: Observation['namesakes']
  readonly suspend?: string
}

/** The status of Buildkit "shop" in a scene. */
export function statusIn({ podNames = [NEW], pods, before, ...rest }: Scene): BuildkitStatus {
  const { refusals = new Map(), namesakes, suspend } = rest
  const graces = { handoverMilliseconds: 30_000, quarantineMilliseconds: 10_000, orphanMilliseconds: 3_600_000 }
  const [podName = NEW] = podNames
  const names = { podName, ...(podNames.length > 1 && { podNames: [...podNames] }) }
  const status = before ?? { ...names, podSince: '2026-11-24T11:45:00Z' }
  const identity = { namespace: 'ci', name: 'shop', uid: '7e1d', resourceVersion: '42', generation: 2 }
  const podNamesWritten = Date.parse('2026-11-24T11:45:00Z')
  const formerPodNames = [OLD]
  const read = { ...identity, formerPodNames, podNames, podNamesWritten, status }
  const publishedSeen = publishedAt(read)
  const buildkit = {
    ...read,
    ...(suspend !== undefined && { suspend }),
    ...(publishedSeen !== undefined && { publishedSeen: { [podName]: publishedSeen } }),
  }
  const shared = namesakes && { namesakes }
  return decide(
    { buildkit, pods: pods.map((each) => witnessPod(toPod(each), undefined, at(NOW))), ...shared, refusals, graces },
    at(NOW),
  ).status as BuildkitStatus
}

export function pod(name: string, status: Parameters<typeof podObject>[0], metadata: object = {}): object {
  return podObject(status, { name, uid: name, labels: { 'buildkit.seatgeek.io/buildkit': 'shop' }, ...metadata })
}

const network = { podIP: '10.222.0.14', podIPs: [{ ip: '10.222.0.14' }] }
/** It is a day older than NEW. */
export const oldReady = pod(OLD, runningStatus([readyContainer()], { podIP: '10.222.0.9' }), {
  creationTimestamp: '2026-11-23T11:45:00Z',
})
export const newReady = pod(NEW, runningStatus([readyContainer()], network))
export const otherReady = pod(OTHER, runningStatus([readyContainer()], { podIP: '10.222.0.15' }))

export const oldDraining = pod(OLD, runningStatus([readyContainer()], { podIP: '10.222.0.9' }), {
  creationTimestamp: '2026-11-23T11:45:00Z',
  deletionTimestamp: '2026-11-24T12:00:03Z',
  deletionGracePeriodSeconds: 900,
})
/** NEW, which needs the volume of OLD. */
export const follower = pod(
  NEW,
  { phase: 'Pending' },
  { creationTimestamp: '2026-11-24T11:45:00Z', annotations: { 'buildkit.seatgeek.io/handover': 'Recreate' } },
)

/** NEW, whose container is in a state after another one. */
export function waitingPod(...states: Parameters<typeof container>): object {
  return pod(NEW, { phase: 'Pending', containerStatuses: [container(...states)] })
}

export const starting = waitingPod(waiting('ContainerCreating'))
export const unpullable = waitingPod(
  waiting('ErrImagePull', 'failed to resolve reference "docker.io/moby/buildkit:v0.99.0": not found'),
)
export const crashing = waitingPod(waiting('CrashLoopBackOff'), terminated(1))
const longRun = { startedAt: '2026-11-24T11:45:00Z', finishedAt: '2026-11-24T11:59:58Z' }
/** NEW, which serves TLS and has ended after a quarter of an hour. */
export const restarting = pod(
  NEW,
  { phase: 'Running', containerStatuses: [container({ terminated: { exitCode: 1, reason: 'Error', ...longRun } })] },
  { annotations: { 'buildkit.seatgeek.io/tls-server-name': 'small.ci.svc' } },
)
export const failed = pod(NEW, { phase: 'Failed', containerStatuses: [container(terminated(1))] })

const unprepared = [
  condition('PodScheduled', 'True', '2026-11-24T11:45:00Z'),
  condition('PodReadyToStartContainers', 'False', '2026-11-24T11:45:00Z'),
]
const items = ['tls.crt', 'tls.key', 'ca.crt'].map((key) => ({ key, path: key }))
/** NEW, whose node cannot mount a volume. */
export const unmounted = podObject(
  { phase: 'Pending', conditions: unprepared, containerStatuses: [container(waiting('ContainerCreating'))] },
  { name: NEW, uid: NEW, labels: { 'buildkit.seatgeek.io/buildkit': 'shop' } },
  { volumes: [{ name: 'tls', secret: { secretName: 'builder-tls', items } }] },
)
