import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPod } from '../../../controller/observe/to-pod.ts'
import { podObject, readyContainer, runningStatus } from './pod-object.ts'

const plain = toPod(podObject(runningStatus([readyContainer()])))

/** The ready Pod with this name in its annotation. */
function withName(name: string) {
  const annotations = { 'buildkit.seatgeek.io/tls-server-name': name }
  return toPod(podObject(runningStatus([readyContainer()]), { annotations }))
}

test('a Pod has the name in its annotation', () => {
  for (const tlsServerName of ['small.ci.svc', 'b', '10.0.0.1', `${'x'.repeat(249)}.svc`])
    assert.deepEqual(withName(tlsServerName), { ...plain, tlsServerName })
})

test('an annotation that is no DNS name counts as absent, and the Pod keeps its address', () => {
  const long = ['x'.repeat(254), 'x'.repeat(250_000), 'x.'.repeat(125_000)]
  for (const name of ['', 'Small', 'small_ci', 'small ci', '.small', 'small.', '*.ci.svc', 'small\n', 'smäll', ...long])
    assert.deepEqual(withName(name), plain, name.slice(0, 20))
})
