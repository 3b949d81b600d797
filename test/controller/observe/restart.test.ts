import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPod } from '../../../controller/observe/to-pod.ts'
import { condition, container, notReady, podObject, runningStatus, waiting } from './pod-object.ts'

const annotations = { 'buildkit.seatgeek.io/tls-server-name': 'small.ci.svc' }
const RENEWED = '; a builder with TLS also drains and restarts when its certificate was renewed'
const ENDED = 'container "buildkit" ended with exit code 1; the kubelet restarts it'

/** A container that has ended after so many minutes. */
function ended(minutes: number, exitCode = 1, reason = 'Error') {
  const startedAt = new Date(Date.parse('2026-11-24T11:30:00Z') - minutes * 60_000).toISOString()
  return { terminated: { exitCode, reason, startedAt, finishedAt: '2026-11-24T11:30:00.000Z' } }
}

/** Every phase of a restart, by how the container has ended. */
function phases(end: ReturnType<typeof ended>) {
  const running = { running: { startedAt: '2026-11-24T11:30:02Z' } }
  const states: readonly Parameters<typeof container>[] = [[end], [waiting('CrashLoopBackOff'), end], [running, end]]
  return states.map((each) => runningStatus([container(...each)], { conditions: [notReady('2026-11-24T11:29:40Z')] }))
}

test('a restart after a run of ten minutes is no crash loop, in any phase', () => {
  for (const minutes of [10, 100_000])
    for (const status of phases(ended(minutes)))
      assert.deepEqual(toPod(podObject(status)).trouble, { reason: 'ContainerRestarting', message: ENDED })
  for (const status of phases(ended(9.9)))
    assert.deepEqual(toPod(podObject(status)).trouble, { reason: 'CrashLoopBackOff', message: ENDED })
})

test('nor is the end of a container without an error', () => {
  const message = 'container "buildkit" ended with exit code 0 (Completed); the kubelet restarts it'
  for (const status of phases(ended(1, 0, 'Completed')))
    assert.deepEqual(toPod(podObject(status)).trouble, { reason: 'ContainerRestarting', message })
})

test('a container that was OOM-killed after a long run has that reason', () => {
  for (const status of phases(ended(600, 137, 'OOMKilled')))
    assert.equal(toPod(podObject(status)).trouble?.reason, 'OOMKilled')
})

test('a Pod that has a certificate may restart because of it, and the message says so', () => {
  const [restarting] = phases(ended(600))
  const message = `${ENDED}${RENEWED}`
  assert.deepEqual(toPod(podObject(restarting ?? {}, { annotations })).trouble, {
    reason: 'ContainerRestarting',
    message,
  })
  const [crashing] = phases(ended(1))
  assert.deepEqual(toPod(podObject(crashing ?? {}, { annotations })).trouble, {
    reason: 'CrashLoopBackOff',
    message: ENDED,
  })
})

test('the same is said while it drains, unless its node is lost', () => {
  const draining = (readiness: ReturnType<typeof notReady>) => {
    const running = container({ running: { startedAt: '2026-11-24T11:00:03Z' } })
    return toPod(podObject(runningStatus([running], { conditions: [readiness] }), { annotations })).trouble?.message
  }
  const [probe, lost] = [notReady('2026-11-24T11:20:00Z'), condition('Ready', 'False', '2026-11-24T11:20:00Z')]
  assert.equal(draining(probe), `containers with unready status: [buildkit]${RENEWED}`)
  assert.equal(draining(lost), 'its node no longer reports that it is ready')
})
