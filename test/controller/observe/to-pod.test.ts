import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPod } from '../../../controller/observe/to-pod.ts'
import {
  condition,
  container,
  notReady,
  podObject,
  readyContainer,
  runningStatus,
  terminated,
  waiting,
} from './pod-object.ts'

const at = (time: string) => Date.parse(`2026-11-24T${time}Z`)
const ready = runningStatus([readyContainer()])

/** What is kept of a ready Pod. */
const kept = {
  namespace: 'ci',
  name: 'b-bcdfghjklm',
  uid: '5f0c',
  resourceVersion: '42',
  buildkit: 'b',
  isRetiredByEngine: false,
  created: at('11:00:00'),
  phase: 'Running',
  address: 'tcp://10.0.0.1:1234',
  isReady: true,
  wasDisrupted: false,
}

test('a ready Pod has an identity, an age and an address', () => {
  assert.deepEqual(toPod(podObject(ready)), kept)
})

test('a Pod that was created a moment ago has no status yet', () => {
  const { address: _, ...rest } = kept
  assert.deepEqual(toPod(podObject({})), { ...rest, phase: 'Pending', isReady: false })
})

test('a Pod that is being deleted has a deadline', () => {
  const deleted = { deletionTimestamp: '2026-11-24T12:15:00Z', deletionGracePeriodSeconds: 900 }
  assert.deepEqual(toPod(podObject(ready, deleted)), {
    ...kept,
    deletionDeadline: at('12:15:00'),
    graceMilliseconds: 900_000,
  })
})

test('the annotation of a Pod determines whether its engine retires it', () => {
  for (const [retirement, isRetiredByEngine] of [
    ['engine', true],
    ['controller', false],
  ] as const) {
    const annotations = { 'buildkit.seatgeek.io/retirement': retirement }
    assert.deepEqual(toPod(podObject(ready, { annotations })), { ...kept, isRetiredByEngine })
  }
})

test('the annotation of a Pod determines whether superseded Pods must end before it serves', () => {
  const handoverOf = (handover: string) =>
    toPod(podObject(ready, { annotations: { 'buildkit.seatgeek.io/handover': handover } }))
  assert.deepEqual(handoverOf('Recreate'), { ...kept, mustFollow: true })
  for (const other of ['Overlap', 'recreate', 'true', '']) assert.deepEqual(handoverOf(other), kept)
})

test('a Pod has its crashes, and their cause even while it is ready', () => {
  const crashed = (startedAt: string) => {
    const lastState = { terminated: { exitCode: 1, reason: 'Error', startedAt, finishedAt: '2026-11-24T11:30:00Z' } }
    const containerStatuses = [{ ...readyContainer(), restartCount: 3, lastState }]
    return toPod(podObject({ ...ready, containerStatuses }))
  }
  const trouble = {
    reason: 'CrashLoopBackOff',
    message: 'container "buildkit" ended with exit code 1; the kubelet restarts it',
  }
  assert.deepEqual(crashed('2026-11-24T11:29:00Z'), { ...kept, crashes: 3, restarted: at('11:00:03'), trouble })
  assert.deepEqual(crashed('2026-11-24T11:20:00Z'), kept)
})

test('a Pod has its controller', () => {
  const controller = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'r', controller: true }
  const { controller: _, ...other } = controller
  assert.deepEqual(toPod(podObject(ready, { ownerReferences: [other, controller] })), {
    ...kept,
    controller: { kind: 'ReplicaSet', name: 'web', uid: 'r' },
  })
})

test('a Pod has the Buildkit of its label that owns it', () => {
  const ours = {
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind: 'Buildkit',
    name: 'b',
    uid: '7a1d',
    controller: true,
  }
  const ownerOf = (...ownerReferences: readonly object[]) => toPod(podObject(ready, { ownerReferences })).adoptedBy
  assert.equal(ownerOf({ ...ours, apiVersion: 'v1', kind: 'ConfigMap' }, ours), '7a1d')
  for (const other of [{ name: 'c' }, { kind: 'BuildkitTemplate' }, { apiVersion: 'example.com/v1' }])
    assert.equal(ownerOf({ ...ours, ...other }), undefined, JSON.stringify(other))
})

test('an IPv6 address is in brackets, and a dual-stack Pod has its first address', () => {
  const sixFirst = { podIP: 'fd00::1', podIPs: [{ ip: 'fd00::1' }, { ip: '10.0.0.1' }] }
  assert.equal(toPod(podObject({ ...ready, ...sixFirst })).address, 'tcp://[fd00::1]:1234')
  const fourFirst = { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] }
  assert.equal(toPod(podObject({ ...ready, ...fourFirst })).address, 'tcp://10.0.0.1:1234')
})

test('the port is the one named "tcp" of container "buildkit", and of no other', () => {
  const metrics = { name: 'metrics', containerPort: 6060 }
  const tcp = { name: 'tcp', containerPort: 9000 }
  const addressWith = (containers: readonly object[]) => toPod(podObject(ready, {}, { containers })).address
  const sidecar = { name: 'istio-proxy', ports: [{ name: 'tcp', containerPort: 15001 }] }
  assert.equal(addressWith([sidecar, { name: 'buildkit', ports: [metrics, tcp] }]), 'tcp://10.0.0.1:9000')
  assert.equal(addressWith([sidecar, { name: 'buildkit', ports: [metrics] }]), undefined)
  assert.equal(addressWith([sidecar, { name: 'buildkit' }]), undefined)
  assert.equal(addressWith([sidecar]), undefined)
})

test('a Pod is ready if it runs, its condition is true, and every container is ready', () => {
  const isReady = (status: object) => toPod(podObject(status)).isReady
  assert.equal(isReady(runningStatus([readyContainer(), readyContainer('istio-proxy')])), true)
  const conditions = [condition('Ready', 'True', '2026-11-24T11:00:09Z')]
  const sidecar = container({ running: { startedAt: '2026-11-24T11:00:03Z' } }, {}, 'istio-proxy')
  for (const [why, status] of Object.entries({
    'a container is not ready': runningStatus([readyContainer(), sidecar], { conditions }),
    'the condition is false': runningStatus([readyContainer()], { conditions: [notReady('2026-11-24T11:20:00Z')] }),
    'there is no condition': runningStatus([readyContainer()], { conditions: [] }),
    'it is not known to run': { ...ready, phase: 'Unknown' },
    'no container is known': { ...ready, containerStatuses: [] },
  })) {
    assert.equal(isReady(status), false, why)
  }
})

test('a Pod has ended when its last container has', () => {
  const sidecar = { terminated: { exitCode: 0, finishedAt: '2026-11-24T11:40:00Z' } }
  const statuses = [container(terminated(1)), container(sidecar, {}, 'istio-proxy')]
  assert.equal(toPod(podObject({ phase: 'Failed', containerStatuses: statuses })).finished, at('11:40:00'))
  assert.equal(toPod(podObject({ phase: 'Running', containerStatuses: statuses })).finished, undefined)
})

test('a Pod whose init container failed has ended with that, whatever its later conditions', () => {
  const status = {
    phase: 'Failed',
    initContainerStatuses: [container(terminated(2), {}, 'istio-init')],
    containerStatuses: [container(waiting('PodInitializing'))],
  }
  for (const time of ['11:00:00', '11:50:00']) {
    const conditions = [condition('Ready', 'False', `2026-11-24T${time}Z`)]
    assert.equal(toPod(podObject({ ...status, conditions })).finished, at('11:30:05'))
  }
})

test('a Pod without containers has ended with its last condition, or at its creation', () => {
  const conditions = [
    condition('PodScheduled', 'True', '2026-11-24T11:00:01Z'),
    condition('Ready', 'False', '2026-11-24T11:00:02Z'),
  ]
  assert.equal(toPod(podObject({ phase: 'Failed', conditions })).finished, at('11:00:02'))
  assert.equal(toPod(podObject({ phase: 'Failed' })).finished, at('11:00:00'))
})

test('a Pod that was evicted, shut down, preempted, lost or over its deadline was disrupted; one that crashed was not', () => {
  const wasDisrupted = (status: object) => toPod(podObject({ phase: 'Failed', ...status })).wasDisrupted
  for (const reason of ['Evicted', 'Terminated', 'NodeShutdown', 'Preempting', 'NodeLost', 'DeadlineExceeded']) {
    assert.equal(wasDisrupted({ reason }), true, reason)
  }
  const target = condition('DisruptionTarget', 'True', '2026-11-24T11:40:00Z')
  assert.equal(wasDisrupted({ conditions: [{ ...target, reason: 'DeletionByTaintManager' }] }), true)
  assert.equal(wasDisrupted({ conditions: [{ ...target, status: 'False' }] }), false)
  assert.equal(wasDisrupted({ containerStatuses: [container(terminated(1))] }), false)
  assert.equal(wasDisrupted({ reason: 'OutOfcpu' }), false)
})

test('a message over 512 characters is cut', () => {
  const long = 'no '.repeat(400)
  const { trouble } = toPod(podObject({ phase: 'Failed', reason: 'Evicted', message: long }))
  assert.equal(trouble?.message, `${`evicted: ${long}`.slice(0, 511)}…`)
})

test('a message with several lines or half a character becomes one line that an API server preserves', () => {
  const message = `first\n\tsecond ${'😀'.repeat(300)}`
  const { trouble } = toPod(podObject({ phase: 'Failed', reason: 'Evicted', message }))
  assert.equal(trouble?.message, `evicted: first second ${'😀'.repeat(244)}…`)
})
