import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createContinuity } from '../../../../controller/kube/watch/continuity.ts'

const GAP_MILLISECONDS = 1500

/** As a signal that stops the process does. */
function standStill(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

test('a connection that stays open is unbroken, however long nothing is said', async () => {
  const continuity = createContinuity(GAP_MILLISECONDS, assert.fail)
  continuity.begin()
  await setTimeout(GAP_MILLISECONDS + 1000)
  assert.equal(continuity.isBroken(), false)
  continuity.end()
  await setTimeout(GAP_MILLISECONDS + 100)
  assert.equal(continuity.isBroken(), true)
  continuity.restart()
  assert.equal(continuity.isBroken(), false)
})

test('one over which a process has stood still is broken before any of its timers has fired, and that is told', async () => {
  let told = 0
  const continuity = createContinuity(GAP_MILLISECONDS, () => {
    told += 1
  })
  continuity.begin()
  standStill(GAP_MILLISECONDS + 100)
  assert.deepEqual([continuity.isBroken(), told], [true, 0])
  await setTimeout(GAP_MILLISECONDS)
  assert.deepEqual([continuity.isBroken(), told], [true, 1])
  continuity.restart()
  assert.equal(continuity.isBroken(), false)
})
