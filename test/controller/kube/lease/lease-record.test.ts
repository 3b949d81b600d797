import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimed, isReleased, microTimeOf, released } from '../../../../controller/kube/lease/lease-calls.ts'

const now = new Date('2026-11-24T12:00:00.123Z')
const NOW = '2026-11-24T12:00:00.123000Z'
const HELD = {
  holderIdentity: 'a',
  leaseDurationSeconds: 15,
  acquireTime: '2026-11-24T11:00:00.000000Z',
  renewTime: '2026-11-24T11:59:59.000000Z',
  leaseTransitions: 3,
}
const TAKEN = { ...HELD, holderIdentity: 'b', acquireTime: NOW, renewTime: NOW }
const by = (identity: string, leaseMilliseconds = 15_000) => ({ identity, leaseMilliseconds, now })

const claims = {
  'whoever keeps a lease renews it, and nothing else': [claimed(HELD, by('a')), { ...HELD, renewTime: NOW }],
  'whoever takes a lease from another is one transition further': [
    claimed(HELD, by('b')),
    { ...TAKEN, leaseTransitions: 4 },
  ],
  'whoever takes a lease that was given back is one transition further': [
    claimed(released(HELD, now), by('b')),
    { ...TAKEN, leaseTransitions: 4 },
  ],
  'whoever takes a lease that says nothing is one transition further': [
    claimed({}, by('b')),
    { ...TAKEN, leaseTransitions: 1 },
  ],
  'whoever creates a lease begins to count': [claimed(undefined, by('b')), { ...TAKEN, leaseTransitions: 0 }],
  'whoever keeps a lease from which somebody took the rest writes it again': [
    claimed({ holderIdentity: 'b' }, by('b')),
    { ...TAKEN, leaseTransitions: 0 },
  ],
  'a lease of a part of a second is one of a second': [
    claimed(HELD, by('a', 1)),
    { ...HELD, renewTime: NOW, leaseDurationSeconds: 1 },
  ],
  'a lease is given back as client-go does it': [
    released(HELD, now),
    { ...HELD, holderIdentity: '', leaseDurationSeconds: 1, acquireTime: NOW, renewTime: NOW },
  ],
} as const

for (const [name, [record, expected]] of Object.entries(claims))
  test(name, () => {
    assert.deepEqual(record, expected)
  })

test('a lease was given back by its holder, not by who erased its holder', () => {
  const records = [released(HELD, now), HELD, { ...HELD, holderIdentity: '' }, {}]
  assert.deepEqual(records.map(isReleased), [true, false, false, false])
})

test('times have six digits of a second', () => {
  assert.equal(microTimeOf(new Date('2026-11-24T12:00:00Z')), '2026-11-24T12:00:00.000000Z')
})
