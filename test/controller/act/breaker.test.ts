import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterLook, afterSweep, type Breaker, EVERYWHERE, isOpenIn } from '../../../controller/act/breaker.ts'
import type { Counts } from '../../../controller/act/counts.ts'

const CLOSED: Breaker = new Map()

interface Day {
  readonly counts: Readonly<Record<string, Counts>>
  /** Where orphans are kept. */
  readonly open: readonly string[]
}

const QUIET = { buildkits: 40, pods: 40, orphans: 0 }

/** Fifty namespaces, of which each has so many orphans among its twenty Pods. */
function fifty(orphans: number): Day['counts'] {
  const names = Array.from({ length: 50 }, (_, index) => `team-${index}`)
  return Object.fromEntries(names.map((name) => [name, { buildkits: 20 - orphans, pods: 20, orphans }]))
}

const days: Readonly<Record<string, Day>> = {
  'nothing is orphaned': { counts: { ci: { buildkits: 50, pods: 50, orphans: 0 } }, open: [] },
  'ten orphans are normal in a small namespace': {
    counts: { ci: { buildkits: 3, pods: 13, orphans: 10 } },
    open: [],
  },
  'eleven of fourteen are not': { counts: { ci: { buildkits: 3, pods: 14, orphans: 11 } }, open: ['ci'] },
  'a fifth of many are': { counts: { ci: { buildkits: 800, pods: 1000, orphans: 200 } }, open: [] },
  'more are not': { counts: { ci: { buildkits: 799, pods: 1000, orphans: 201 } }, open: ['ci'] },
  'orphans without a single Buildkit are a broken list': {
    counts: { ci: { buildkits: 0, pods: 1, orphans: 1 } },
    open: [EVERYWHERE],
  },
  // Its Pods are no orphans: their Buildkit was seen being deleted.
  'the only Buildkit was deleted': { counts: { ci: { buildkits: 0, pods: 1, orphans: 0 } }, open: [] },
  'too many orphans in one namespace, few in another': {
    counts: { noisy: { buildkits: 0, pods: 5000, orphans: 5000 }, quiet: { ...QUIET, pods: 41, orphans: 1 } },
    open: ['noisy'],
  },
  'a namespace without a Buildkit has a few orphans, while others have Buildkits': {
    counts: { removed: { buildkits: 0, pods: 3, orphans: 3 }, quiet: QUIET },
    open: [],
  },
  'a few orphans in each of many namespaces are a broken list': { counts: fifty(5), open: [EVERYWHERE] },
  'fewer are not': { counts: fifty(4), open: [] },
}

for (const [name, { counts, open }] of Object.entries(days)) {
  test(`${name}: the breaker is ${open.length > 0 ? 'open' : 'closed'}`, () => {
    const all = new Map(Object.entries(counts))
    assert.deepEqual([...afterSweep(CLOSED, all).keys()], open)
    assert.deepEqual([...afterLook(CLOSED, all).keys()], open)
  })
}

test('the breaker closes after three consecutive clean sweeps, and not by a look', () => {
  const clean = new Map([['ci', QUIET]])
  const broken = new Map([['ci', { buildkits: 5, pods: 20, orphans: 15 }]])
  const opened = afterLook(CLOSED, broken)
  const once = afterLook(afterSweep(opened, clean), clean)
  const twice = afterSweep(once, clean)
  assert.deepEqual(
    [opened, once, twice, afterSweep(twice, clean)].map((breaker) => isOpenIn(breaker, 'ci')),
    [true, true, true, false],
  )
  assert.deepEqual(afterSweep(twice, broken), opened)
})

test('a breaker of the cluster is open in every namespace, a breaker of a namespace only there', () => {
  const namespaces = ['one', 'two']
  const isOpen = (where: string) => namespaces.map((namespace) => isOpenIn(new Map([[where, 0]]), namespace))
  assert.deepEqual(
    [isOpen(EVERYWHERE), isOpen('one')],
    [
      [true, true],
      [true, false],
    ],
  )
})

test('the orphans of a namespace with an open breaker do not open another one', () => {
  const few = { buildkits: 1, pods: 10, orphans: 9 }
  const counts = new Map([
    ['noisy', few],
    ['quiet', { buildkits: 12, pods: 14, orphans: 2 }],
  ])
  assert.deepEqual([...afterSweep(new Map([['noisy', 0]]), counts).keys()], ['noisy'])
  assert.deepEqual([...afterSweep(CLOSED, counts).keys()], [EVERYWHERE])
})
