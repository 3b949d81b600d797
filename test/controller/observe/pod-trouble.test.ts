import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { V1PodStatus } from '@kubernetes/client-node'
import { toPod } from '../../../controller/observe/to-pod.ts'
import type { Trouble } from '../../../controller/pod.ts'
import {
  condition,
  container,
  notReady,
  podObject,
  readyContainer,
  runningStatus,
  terminated,
  type Wire,
  waiting,
} from './pod-object.ts'

const running = { running: { startedAt: '2026-11-24T11:00:03Z' } }
const restarted = { running: { startedAt: '2026-11-24T11:31:00Z' } }
const NOT_FOUND =
  'failed to pull and unpack image "docker.io/moby/buildkit:nope": failed to resolve reference "docker.io/moby/buildkit:nope": docker.io/moby/buildkit:nope: not found'
const UNAVAILABLE = 'image pull failed for moby/buildkit:v1 because the registry is unavailable: connection refused'
const BACK_OFF_CRASH =
  'back-off 2m40s restarting failed container=buildkit pod=b-bcdfghjklm_ci(5f0c7c0e-9d6b-4d0a-8a8e-0b1c2d3e4f50)'
const NO_ROOM =
  '0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 Insufficient memory.'

/** What a kubelet says of a Pod by the present and the last state of its only container, which has not run yet. */
function pending(...states: Parameters<typeof container>) {
  return runningStatus([container(...states)], { phase: 'Pending' })
}

/** The same of one that has. */
function crashing(...states: Parameters<typeof container>) {
  return runningStatus([container(...states)])
}

function unscheduled(reason: string, message: string): Wire<V1PodStatus> {
  const scheduled = { ...condition('PodScheduled', 'False', '2026-11-24T11:00:00Z'), reason, message }
  return { phase: 'Pending', conditions: [scheduled] }
}

function failed(reason: string | undefined, message: string | undefined, rest: Wire<V1PodStatus> = {}) {
  return { phase: 'Failed', ...(reason && { reason }), ...(message && { message }), ...rest }
}

/** Every status in a row is a phase of the same trouble. */
type Phases = readonly [trouble: Trouble | undefined, ...statuses: readonly Wire<V1PodStatus>[]]

const onItsWay: Readonly<Record<string, Phases>> = {
  'a Pod that comes up is in no trouble': [
    undefined,
    { phase: 'Pending' },
    { phase: 'Pending', conditions: [condition('PodScheduled', 'True', '2026-11-24T11:00:00Z')] },
    pending(waiting('ContainerCreating')),
    runningStatus([container(waiting('PodInitializing'))], {
      phase: 'Pending',
      initContainerStatuses: [container(running, {}, 'istio-init')],
    }),
    runningStatus([container(running)]),
  ],
  'a Pod that cannot be scheduled says so in the words of the scheduler': [
    { reason: 'Unschedulable', message: NO_ROOM },
    unscheduled('Unschedulable', NO_ROOM),
  ],
  'a Pod that somebody holds back from the scheduler says so': [
    { reason: 'Unschedulable', message: 'Scheduling is blocked due to non-empty scheduling gates' },
    unscheduled('SchedulingGated', 'Scheduling is blocked due to non-empty scheduling gates'),
  ],
  'an image that cannot be pulled is the same trouble while the kubelet tries and while it waits': [
    { reason: 'ImagePullBackOff', message: `cannot pull its image: ${NOT_FOUND}` },
    pending(waiting('ErrImagePull', NOT_FOUND)),
    pending(waiting('ImagePullBackOff', `Back-off pulling image "moby/buildkit:nope": ErrImagePull: ${NOT_FOUND}`)),
    // Restarted by a kubelet that must pull at each start.
    pending(waiting('ErrImagePull', NOT_FOUND), terminated(1)),
  ],
  'a registry that is away is the same trouble while the kubelet tries and while it waits': [
    { reason: 'ImagePullBackOff', message: `cannot pull its image: ${UNAVAILABLE}` },
    pending(waiting('RegistryUnavailable', UNAVAILABLE)),
    pending(
      waiting('ImagePullBackOff', `Back-off pulling image "moby/buildkit:v1": RegistryUnavailable: ${UNAVAILABLE}`),
    ),
  ],
  'where an older kubelet does not say why an image cannot be pulled, nothing is made up': [
    { reason: 'ImagePullBackOff', message: 'cannot pull its image' },
    pending(waiting('ImagePullBackOff', 'Back-off pulling image "moby/buildkit:nope"')),
    pending(waiting('ImagePullBackOff')),
  ],
  'a container that waits for something else says so in the words of the kubelet': [
    { reason: 'ContainerWaiting', message: 'CreateContainerConfigError: secret "certs" not found' },
    pending(waiting('CreateContainerConfigError', 'secret "certs" not found')),
  ],
  'an init container that cannot start is the trouble of its Pod': [
    { reason: 'ImagePullBackOff', message: `cannot pull its image: ${NOT_FOUND}` },
    runningStatus([container(waiting('PodInitializing'))], {
      phase: 'Pending',
      initContainerStatuses: [container(waiting('ErrImagePull', NOT_FOUND), {}, 'istio-init')],
    }),
  ],
}

const crashes: Readonly<Record<string, Phases>> = {
  'a container that crashes is the same trouble in every phase of its loop': [
    { reason: 'CrashLoopBackOff', message: 'container "buildkit" ended with exit code 1, and is started again' },
    crashing(terminated(1)),
    crashing(restarted, terminated(1)),
    crashing(terminated(1), terminated(1)),
    crashing(waiting('CrashLoopBackOff', BACK_OFF_CRASH), terminated(1)),
  ],
  'a container that is killed for its memory again and again is the same trouble in every phase': [
    { reason: 'OOMKilled', message: 'container "buildkit" ended with exit code 137 (OOMKilled), and is started again' },
    crashing(terminated(137, 'OOMKilled')),
    crashing(restarted, terminated(137, 'OOMKilled')),
    crashing(waiting('CrashLoopBackOff', BACK_OFF_CRASH), terminated(137, 'OOMKilled')),
  ],
  'a container that cannot be started says why': [
    {
      reason: 'CrashLoopBackOff',
      message:
        'container "buildkit" ended with exit code 128 (StartError): exec: "buildkitt": executable file not found in $PATH, and is started again',
    },
    crashing(
      waiting('RunContainerError', 'exec: "buildkitt": executable file not found in $PATH'),
      terminated(128, 'StartError', 'exec: "buildkitt": executable file not found in $PATH\n'),
    ),
  ],
  'an init container that crashes is the trouble of its Pod': [
    { reason: 'CrashLoopBackOff', message: 'container "istio-init" ended with exit code 2, and is started again' },
    runningStatus([container(waiting('PodInitializing'))], {
      phase: 'Pending',
      initContainerStatuses: [container(restarted, terminated(2), 'istio-init')],
    }),
  ],
  'a container that was ready and is not any more says so in the words of the kubelet': [
    { reason: 'ContainerNotReady', message: 'containers with unready status: [buildkit]' },
    runningStatus([container(running)], { conditions: [notReady('2026-11-24T11:20:00Z')] }),
  ],
  'a Pod whose node is lost says so although its container was ready when it was last seen': [
    { reason: 'ContainerNotReady', message: 'its node no longer reports that it is ready' },
    runningStatus([readyContainer()], { conditions: [condition('Ready', 'False', '2026-11-24T11:20:00Z')] }),
  ],
}

const ends: Readonly<Record<string, Phases>> = {
  'a Pod that was evicted says why': [
    { reason: 'Evicted', message: 'evicted: The node was low on resource: memory. Threshold quantity: 100Mi' },
    failed('Evicted', 'The node was low on resource: memory. Threshold quantity: 100Mi'),
  ],
  'a Pod that was evicted without a word': [{ reason: 'Evicted', message: 'evicted' }, failed('Evicted', undefined)],
  'a Pod that was active for too long says so': [
    {
      reason: 'PodFailed',
      message: 'DeadlineExceeded: Pod was active on the node longer than the specified deadline',
    },
    failed('DeadlineExceeded', 'Pod was active on the node longer than the specified deadline'),
  ],
  'a Pod that its node did not take says why': [
    { reason: 'PodFailed', message: "OutOfcpu: Pod was rejected: Node didn't have enough resource: cpu" },
    failed('OutOfcpu', "Pod was rejected: Node didn't have enough resource: cpu"),
  ],
  'a Pod whose container failed for good has its exit code': [
    { reason: 'PodFailed', message: 'container "buildkit" ended with exit code 3' },
    failed(undefined, undefined, { containerStatuses: [container(terminated(3))] }),
  ],
  'a Pod whose container was killed for its memory for good says so': [
    { reason: 'OOMKilled', message: 'container "buildkit" ended with exit code 137 (OOMKilled)' },
    failed(undefined, undefined, { containerStatuses: [container(terminated(137, 'OOMKilled'))] }),
  ],
  'a Pod whose init container failed for good has its exit code': [
    { reason: 'PodFailed', message: 'container "istio-init" ended with exit code 2' },
    failed(undefined, undefined, {
      initContainerStatuses: [container(terminated(2), {}, 'istio-init')],
      containerStatuses: [container(waiting('PodInitializing'))],
    }),
  ],
  'a Pod that failed without a word': [{ reason: 'PodFailed', message: 'failed' }, failed(undefined, undefined)],
  'a Pod that succeeded says so': [
    { reason: 'PodSucceeded', message: 'ended with exit code 0' },
    { phase: 'Succeeded', containerStatuses: [container(terminated(0, 'Completed'))] },
  ],
}

test('a container that is not started again, beside one that still runs, is not said to be', () => {
  const status = runningStatus([container(terminated(1)), readyContainer('istio-proxy')])
  const message = 'container "buildkit" ended with exit code 1'
  assert.deepEqual(toPod(podObject(status, {}, { restartPolicy: 'Never' })).trouble, { reason: 'PodFailed', message })
  const again = { reason: 'CrashLoopBackOff', message: `${message}, and is started again` }
  assert.deepEqual(toPod(podObject(status, {}, { restartPolicy: 'OnFailure' })).trouble, again)
})

for (const [sentence, [trouble, ...statuses]] of Object.entries({ ...onItsWay, ...crashes, ...ends })) {
  test(sentence, () => {
    for (const status of statuses) assert.deepEqual(toPod(podObject(status)).trouble, trouble)
  })
}
