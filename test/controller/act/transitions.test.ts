import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transitionsOf } from '../../../controller/act/transitions.ts'
import type { BuildkitStatus } from '../../../controller/observation.ts'
import { FIRST, SECOND } from '../decide-cases/builder.ts'
import { readyStatus, waitingStatus } from '../decide-cases/status.ts'
import { starting } from '../decide-cases/troubles.ts'

const plain = readyStatus(FIRST)
const secure = { ...plain, tlsServerName: 'small.ci.svc' }
const nowhere = waitingStatus(starting(FIRST), { podName: FIRST, since: 60 })

function notesOf(before: BuildkitStatus, after: BuildkitStatus): readonly string[] {
  return transitionsOf(before, after).map(({ reason, note }) => `${reason}: ${note}`)
}

test('an Event about an endpoint has the name by which clients verify it', () => {
  const published = 'EndpointPublished: endpoint tcp://10.0.0.1:1234 (TLS, small.ci.svc) is published'
  assert.deepEqual(notesOf(nowhere, secure), [published])
  assert.deepEqual(notesOf(secure, readyStatus(SECOND)), [
    'EndpointMoved: endpoint moved from tcp://10.0.0.1:1234 (TLS, small.ci.svc) to tcp://10.0.0.2:1234',
  ])
  assert.deepEqual(notesOf(secure, nowhere), [
    `EndpointCleared: endpoint tcp://10.0.0.1:1234 (TLS, small.ci.svc) was cleared: Pod "${FIRST}" is not ready yet`,
  ])
})

test('a name that changes alone is an Event, too', () => {
  assert.deepEqual(notesOf(plain, secure), [
    'EndpointMoved: endpoint moved from tcp://10.0.0.1:1234 to tcp://10.0.0.1:1234 (TLS, small.ci.svc)',
  ])
  assert.deepEqual(notesOf(secure, secure), [])
})

test('a name without an endpoint, which somebody wrote, is no news when it goes', () => {
  assert.deepEqual(notesOf({ ...nowhere, tlsServerName: 'small.ci.svc' }, nowhere), [])
})
