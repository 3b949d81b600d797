import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSpamFilter } from '../../../controller/events/event-recorder.ts'

const MINUTE = 60_000

/** How many of `tries` at a moment are allowed. */
function allowed(allows: (uid: string, now: number) => boolean, now: number, tries: number): number {
  return Array.from({ length: tries }, () => allows('a', now)).filter(Boolean).length
}

test('an object may have 25 Events at once, then one every five minutes', () => {
  const allows = createSpamFilter()
  const moments = [0, 4.9, 5, 9, 30, 1000].map((minutes) => allowed(allows, minutes * MINUTE, 40))
  assert.deepEqual(moments, [25, 0, 1, 0, 5, 25])
})

test('of very many objects those are forgotten that were silent for longest', () => {
  const allows = createSpamFilter()
  assert.equal(allowed(allows, 0, 26), 25)
  for (let object = 0; object < 4095; object++) allows(`other ${object}`, 0)
  assert.equal(allows('a', 0), false)
  for (let object = 0; object < 4096; object++) allows(`another ${object}`, 0)
  assert.equal(allows('a', 0), true)
})
