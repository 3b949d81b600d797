import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Lease, type LeaseRecord, released } from '../../../../controller/kube/lease/lease-calls.ts'
import { sighted, UNSEEN } from '../../../../controller/kube/lease/sighting.ts'

const HELD: LeaseRecord = {
  holderIdentity: 'other',
  leaseDurationSeconds: 15,
  acquireTime: '2026-11-24T11:00:00.000000Z',
  renewTime: '2026-11-24T11:59:59.000000Z',
  leaseTransitions: 3,
}
const OURS = { ...HELD, holderIdentity: 'we' }
const NEVER = Number.NEGATIVE_INFINITY

/** What was read, and when; `undefined` where there was no Lease. */
type Looks = readonly (readonly [now: number, record: LeaseRecord | undefined, resourceVersion?: string])[]

/** Until when another may take itself for the leader, after all these looks. */
function rivalUntil(looks: Looks): number {
  const leaseOf = (spec: LeaseRecord, resourceVersion: string): Lease => ({ metadata: { resourceVersion }, spec })
  const last = looks.reduce((before, [now, record, version = '1']) => {
    const lease = record && leaseOf(record, version)
    return sighted(before, lease, { identity: 'we', leaseMilliseconds: 15_000, now })
  }, UNSEEN)
  return last.rivalUntil
}

const cases: readonly (readonly [name: string, looks: Looks, expected: number])[] = [
  ['there never was a lease', [[1000, undefined]], NEVER],
  ['one was made by hand, and says nothing', [[1000, {}]], NEVER],
  ['it was given back', [[1000, released(HELD, new Date())]], NEVER],
  ['it is ours', [[1000, OURS]], NEVER],
  ['another holds it', [[1000, HELD]], 16_000],
  [
    'it has not changed',
    [
      [1000, HELD],
      [9000, HELD],
    ],
    16_000,
  ],
  [
    'it was renewed',
    [
      [1000, HELD],
      [9000, { ...HELD, renewTime: '2026-11-24T12:00:01.000000Z' }],
    ],
    24_000,
  ],
  [
    'it was only annotated',
    [
      [1000, HELD, '1'],
      [9000, HELD, '2'],
    ],
    16_000,
  ],
  ['its holder has a clock of another year', [[1000, { ...HELD, renewTime: '1999-01-01T00:00:00.000000Z' }]], 16_000],
  ['its holder has a longer lease than we', [[1000, { ...HELD, leaseDurationSeconds: 60 }]], 61_000],
  ['its holder has a shorter lease than we', [[1000, { ...HELD, leaseDurationSeconds: 5 }]], 16_000],
  [
    'it was deleted while another held it',
    [
      [1000, HELD],
      [3000, undefined],
    ],
    16_000,
  ],
  [
    'it was deleted while we held it',
    [
      [1000, OURS],
      [3000, undefined],
    ],
    NEVER,
  ],
  [
    'another has given it back',
    [
      [1000, HELD],
      [3000, released(HELD, new Date())],
    ],
    NEVER,
  ],
  [
    'somebody erased another holder',
    [
      [1000, HELD],
      [3000, { ...HELD, holderIdentity: '' }],
    ],
    18_000,
  ],
  [
    'somebody erased us',
    [
      [1000, OURS],
      [3000, { ...OURS, holderIdentity: '' }],
    ],
    NEVER,
  ],
  [
    'somebody erased another that had taken it from us',
    [
      [1000, OURS],
      [3000, { ...OURS, holderIdentity: '', acquireTime: '2026-11-24T12:00:00.000000Z' }],
    ],
    18_000,
  ],
  [
    'somebody wrote us in place of another',
    [
      [1000, HELD],
      [3000, OURS],
    ],
    16_000,
  ],
  [
    'somebody wrote another in place of us',
    [
      [1000, OURS],
      [3000, HELD],
    ],
    18_000,
  ],
  [
    'somebody emptied it while another held it',
    [
      [1000, HELD],
      [3000, {}],
    ],
    18_000,
  ],
]

suite('until when another process may take itself for the leader, where', () => {
  for (const [name, looks, expected] of cases)
    test(name, () => {
      assert.equal(rivalUntil(looks), expected)
    })
})
