import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimed, mayTake, observed, released } from '../../../controller/lease/lease-record.ts'

const now = new Date('2026-11-24T12:00:00.123Z')
const HELD = {
  holderIdentity: 'a',
  leaseDurationSeconds: 15,
  acquireTime: '2026-11-24T11:00:00.000000Z',
  renewTime: '2026-11-24T11:59:59.000000Z',
  leaseTransitions: 3,
}

test('whoever keeps a lease renews it, and nothing else', () => {
  const record = claimed(HELD, { identity: 'a', leaseMilliseconds: 15_000, now })
  assert.deepEqual(record, { ...HELD, renewTime: '2026-11-24T12:00:00.123000Z' })
})

test('whoever takes a lease from another is one transition further', () => {
  const taken = { acquireTime: '2026-11-24T12:00:00.123000Z', renewTime: '2026-11-24T12:00:00.123000Z' }
  assert.deepEqual(claimed(HELD, { identity: 'b', leaseMilliseconds: 15_000, now }), {
    ...HELD,
    ...taken,
    holderIdentity: 'b',
    leaseTransitions: 4,
  })
  assert.deepEqual(claimed({}, { identity: 'b', leaseMilliseconds: 1, now }), {
    ...taken,
    holderIdentity: 'b',
    leaseDurationSeconds: 1,
    leaseTransitions: 0,
  })
})

test('a lease may be taken by its holder, once released, and once it has not changed for as long as it lasts', () => {
  const lease = { record: HELD, resourceVersion: '1', changedAt: 1000 }
  assert.deepEqual(
    [
      mayTake(lease, 'a', 1001),
      mayTake(lease, 'b', 15_999),
      mayTake(lease, 'b', 16_000),
      mayTake({ ...lease, record: released(HELD, now) }, 'b', 1001),
    ],
    [true, false, true, true],
  )
})

test('a lease that is read again has changed only if its version has: the clock of its holder does not count', () => {
  const before = { record: HELD, resourceVersion: '1', changedAt: 1000 }
  assert.deepEqual(observed(before, { ...before, changedAt: 9000 }), before)
  const renewed = { record: HELD, resourceVersion: '2', changedAt: 9000 }
  assert.deepEqual(observed(before, renewed), renewed)
})
