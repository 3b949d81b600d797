import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterSweep, CLOSED } from '../../../controller/act/breaker.ts'

const OPEN = { isOpen: true, cleanSweeps: 0 }

const days = {
  'nothing is orphaned': [{ buildkits: 50, pods: 50, orphans: 0 }, false],
  'ten orphans are an ordinary day in a small cluster': [{ buildkits: 3, pods: 13, orphans: 10 }, false],
  'eleven of thirteen are not': [{ buildkits: 3, pods: 14, orphans: 11 }, true],
  'a fifth of many are': [{ buildkits: 800, pods: 1000, orphans: 200 }, false],
  'more are not': [{ buildkits: 799, pods: 1000, orphans: 201 }, true],
  'orphans without a single Buildkit are a broken list': [{ buildkits: 0, pods: 1, orphans: 1 }, true],
  // Its Pods are no orphans: their Buildkit was seen being deleted.
  'the only Buildkit was deleted': [{ buildkits: 0, pods: 1, orphans: 0 }, false],
} as const

for (const [name, [counts, isOpen]] of Object.entries(days)) {
  test(`${name}: the breaker is ${isOpen ? 'open' : 'closed'}`, () => {
    assert.equal(afterSweep(CLOSED, counts).isOpen, isOpen)
  })
}

test('the breaker closes after three clean sweeps in a row', () => {
  const clean = { buildkits: 5, pods: 5, orphans: 0 }
  const once = afterSweep(OPEN, clean)
  const twice = afterSweep(once, clean)
  assert.deepEqual([once.isOpen, twice.isOpen, afterSweep(twice, clean).isOpen], [true, true, false])
  const again = afterSweep(twice, { buildkits: 0, pods: 5, orphans: 5 })
  assert.deepEqual(again, OPEN)
})
