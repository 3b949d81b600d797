import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createContinuity } from '../../../controller/watch/continuity.ts'

const GAP_MILLISECONDS = 1500

/** As a signal that stops the process does. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

test('a connection that stays open is unbroken, however long nothing is said', async () => {
  const continuity = createContinuity(GAP_MILLISECONDS)
  continuity.begin()
  await setTimeout(GAP_MILLISECONDS + 1000)
  assert.equal(continuity.isBroken(), false)
  continuity.end()
  await setTimeout(GAP_MILLISECONDS + 100)
  assert.equal(continuity.isBroken(), true)
  continuity.restart()
  assert.equal(continuity.isBroken(), false)
})

test('one over which a process has stood still is broken until something comes over it', async () => {
  const continuity = createContinuity(GAP_MILLISECONDS)
  continuity.begin()
  standStill(GAP_MILLISECONDS + 100)
  // What was sent before the connection ended is read now.
  continuity.onHeard()
  const seen = [continuity.isBroken()]
  await setTimeout(1)
  continuity.onHeard()
  seen.push(continuity.isBroken())
  await setTimeout(1100)
  seen.push(continuity.isBroken())
  continuity.onHeard()
  seen.push(continuity.isBroken())
  continuity.end()
  assert.deepEqual(seen, [true, true, true, false])
})
