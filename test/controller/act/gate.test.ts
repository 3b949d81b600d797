import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BreakerChange, createGate } from '../../../controller/act/gate.ts'
import { pod } from '../decide-cases/builder.ts'

const FEW = { buildkits: 5, pods: 6, orphans: 1 }
const MANY = { buildkits: 5, pods: 25, orphans: 20 }

interface Setting {
  readonly counts: Readonly<Record<string, typeof FEW>>
  /** Namespaces whose watches are not up to date. */
  readonly stale?: readonly string[]
}

/** Why an orphan stays in a namespace, and what was told of the breaker. */
function createScene({ counts, stale = [] }: Setting) {
  const changes: BreakerChange[] = []
  const gate = createGate({
    gc: 'enabled',
    isFresh: (namespace) => !stale.includes(namespace),
    counts: () => new Map(Object.entries(counts)),
    onBreaker: (change) => changes.push(change),
  })
  const holdBack = (namespace: string) =>
    gate.holdBack({ pod: pod('b-bbbbbbbbbb', { namespace }), reason: 'orphaned', due: 0 })
  return { gate, holdBack, changes }
}

test('too many orphans in one namespace block no other namespace, and the report names it', () => {
  const { holdBack, changes } = createScene({ counts: { noisy: MANY, quiet: FEW } })
  assert.deepEqual([holdBack('noisy'), holdBack('quiet')], ['breaker-open', undefined])
  assert.deepEqual(changes, [{ namespace: 'noisy', isOpen: true, counts: MANY }])
})

test('a namespace whose watches are stale keeps its Pods, and no others', () => {
  const { holdBack, changes } = createScene({ counts: { lost: MANY, quiet: FEW }, stale: ['lost'] })
  assert.deepEqual([holdBack('lost'), holdBack('quiet')], ['stale-cache', undefined])
  assert.deepEqual(changes, [])
})

test('after three clean sweeps orphans are deleted again', () => {
  const counts = { noisy: MANY, quiet: FEW }
  const { gate, holdBack, changes } = createScene({ counts })
  assert.equal(holdBack('noisy'), 'breaker-open')
  counts.noisy = FEW
  for (const isHeld of [true, true, false]) {
    gate.sweep()
    assert.equal(holdBack('noisy'), isHeld ? 'breaker-open' : undefined)
  }
  assert.deepEqual(changes.at(-1), { namespace: 'noisy', isOpen: false, counts: FEW })
})
