import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decide } from '../../controller/decide.ts'
import type { BuildkitStatus, Observation } from '../../controller/observation.ts'
import type { Pod } from '../../controller/pod.ts'
import { ago, at, buildkit, FIRST, NOW, observation, pendingPod, pod, SECOND } from './decide-cases/builder.ts'
import { readyStatus, waitingStatus, withServerName } from './decide-cases/status.ts'
import { ofPod, starting, UNREADY } from './decide-cases/troubles.ts'

const NO_ROOM = { reason: 'Unschedulable', message: '0/3 nodes are available: 3 Insufficient memory.' }

interface Change {
  readonly podName?: string
  readonly written?: BuildkitStatus
  readonly pods: readonly Pod[]
  readonly rest?: Pick<Observation, 'heldSince' | 'lastWritten'>
}

/** In how many milliseconds what the change makes of the written status is to be written; undefined where that is nothing. */
function dueIn({ podName = FIRST, written = {}, pods, rest = {} }: Change): number | undefined {
  const { writeDue } = decide(observation(pods, { buildkit: buildkit(podName, written), ...rest }), at(NOW))
  return writeDue && writeDue - NOW
}

const waiting = waitingStatus(starting(FIRST), { podName: FIRST, since: 60 })

test('an endpoint that is published, moved or cleared is written at once', () => {
  const rest = { lastWritten: NOW }
  const moved = waitingStatus(starting(SECOND), { podName: SECOND, since: 60, endpoint: FIRST, pods: [FIRST, SECOND] })
  const lost = pod(FIRST, { isReady: false, trouble: UNREADY })
  assert.equal(dueIn({ pods: [pod(FIRST)], rest }), 0)
  assert.equal(dueIn({ podName: SECOND, written: moved, pods: [pod(FIRST), pod(SECOND)], rest }), 0)
  assert.equal(dueIn({ written: readyStatus(FIRST), pods: [lost], rest }), 0)
})

test('the name by which clients verify an endpoint is written at once, too', () => {
  const rest = { lastWritten: NOW }
  const secure = pod(FIRST, { tlsServerName: 'small.ci.svc' })
  const named = withServerName(readyStatus(FIRST), 'small.ci.svc')
  assert.equal(dueIn({ written: readyStatus(FIRST), pods: [secure], rest }), 0)
  assert.equal(dueIn({ written: withServerName(named, 'other.ci.svc'), pods: [secure], rest }), 0)
  assert.equal(dueIn({ written: named, pods: [pod(FIRST)], rest }), 0)
  assert.equal(dueIn({ written: named, pods: [secure], rest }), undefined)
})

test('a change of readiness is written at once', () => {
  const rolled = { podName: SECOND, written: readyStatus(FIRST), pods: [pod(FIRST), pendingPod(SECOND)] }
  assert.equal(dueIn({ ...rolled, rest: { lastWritten: NOW } }), 0)
  const back = waitingStatus(starting(FIRST), { podName: FIRST, since: 60, endpoint: FIRST })
  assert.equal(dueIn({ written: back, pods: [pod(FIRST)], rest: { lastWritten: NOW } }), 0)
})

test('a Pod that only this process knows from Git is written at once', () => {
  const dueWith = (...pods: readonly string[]) => {
    const written = waitingStatus(starting(SECOND), { podName: SECOND, since: 60, pods })
    const known = { ...buildkit(SECOND, written), formerPodNames: [FIRST] }
    const now = observation([pendingPod(FIRST), pendingPod(SECOND)], { buildkit: known, lastWritten: NOW })
    return decide(now, at(NOW)).writeDue
  }
  assert.equal(dueWith(SECOND), NOW)
  assert.equal(dueWith(FIRST, SECOND), undefined)
})

test('an unchanged status is not written', () => {
  assert.equal(dueIn({ written: waiting, pods: [pendingPod(FIRST)], rest: { heldSince: ago(60) } }), undefined)
})

test('a starting Pod is written after five seconds', () => {
  assert.equal(dueIn({ pods: [pendingPod(FIRST)] }), 5000)
  assert.equal(dueIn({ pods: [pendingPod(FIRST)], rest: { heldSince: ago(4) } }), 1000)
})

test('a problem is written after two seconds', () => {
  const unschedulable = [pendingPod(FIRST, { trouble: NO_ROOM })]
  assert.equal(dueIn({ pods: unschedulable }), 2000)
  assert.equal(dueIn({ pods: unschedulable, rest: { heldSince: ago(5) } }), -3000)
})

test('a changed message is written ten seconds after the last write', () => {
  const written = waitingStatus(ofPod(FIRST, NO_ROOM), { podName: FIRST, since: 60 })
  const change = { written, pods: [pendingPod(FIRST, { trouble: { ...NO_ROOM, message: 'no nodes' } })] }
  assert.equal(dueIn({ ...change, rest: { lastWritten: ago(3) } }), 7000)
  assert.equal(dueIn({ ...change, rest: { lastWritten: ago(60), heldSince: ago(2) } }), 0)
})

test('a deleted Pod is removed from the status after a delay', () => {
  const written = readyStatus(SECOND, { pods: [FIRST, SECOND] })
  assert.equal(dueIn({ podName: SECOND, written, pods: [pod(SECOND)], rest: { lastWritten: ago(30) } }), 2000)
})

test('changes by others are corrected', () => {
  const foreign = { ...buildkit(FIRST, readyStatus(FIRST)), isStatusForeign: true }
  const { writeDue } = decide(observation([pod(FIRST)], { buildkit: foreign }), at(NOW))
  assert.equal(writeDue, NOW + 2000)
})
