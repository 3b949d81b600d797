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
  'the holder renews a Lease, and changes nothing else': [claimed(HELD, by('a')), { ...HELD, renewTime: NOW }],
  'acquiring the Lease of another is a transition': [claimed(HELD, by('b')), { ...TAKEN, leaseTransitions: 4 }],
  'acquiring a released Lease is a transition': [
    claimed(released(HELD, now), by('b')),
    { ...TAKEN, leaseTransitions: 4 },
  ],
  'acquiring an empty Lease is a transition': [claimed({}, by('b')), { ...TAKEN, leaseTransitions: 1 }],
  'a new Lease has no transitions': [claimed(undefined, by('b')), { ...TAKEN, leaseTransitions: 0 }],
  'the holder restores the fields that somebody has removed': [
    claimed({ holderIdentity: 'b' }, by('b')),
    { ...TAKEN, leaseTransitions: 0 },
  ],
  'a lease duration of less than a second becomes one second': [
    claimed(HELD, by('a', 1)),
    { ...HELD, renewTime: NOW, leaseDurationSeconds: 1 },
  ],
  'a Lease is released as client-go does it': [
    released(HELD, now),
    { ...HELD, holderIdentity: '', leaseDurationSeconds: 1, acquireTime: NOW, renewTime: NOW },
  ],
} as const

for (const [name, [record, expected]] of Object.entries(claims))
  test(name, () => {
    assert.deepEqual(record, expected)
  })

test('a Lease counts as released by its holder, not by an edit that erases the holder', () => {
  const records = [released(HELD, now), HELD, { ...HELD, holderIdentity: '' }, {}]
  assert.deepEqual(records.map(isReleased), [true, false, false, false])
})

test('times have six fractional digits', () => {
  assert.equal(microTimeOf(new Date('2026-11-24T12:00:00Z')), '2026-11-24T12:00:00.000000Z')
})
