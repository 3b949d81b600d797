import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readToml } from '../../../../fn/toml/read-toml.ts'
import type { Amount } from '../../../../fn/upstream/buildkit/amount.ts'
import { gcConfig } from '../../../../fn/upstream/buildkit/gc-config.ts'
import type { Policy } from '../../../../fn/upstream/buildkit/policies.ts'
import { simulate } from '../../../../fn/upstream/buildkit/simulate.ts'

const TERABYTE = 1e12
const GIB = 2 ** 30
const endless = Number.POSITIVE_INFINITY
const policy = (text: string) => `[[worker.oci.gcpolicy]]\n${text}\n`

const CASES: readonly (readonly [what: string, toml: string, floor: number, ceiling: number])[] = [
  ["BuildKit's defaults", '', 10e9, 100e9],
  ['defaults with a most', '[worker.oci]\nmaxUsedSpace = "50GB"', 50 * GIB, 50 * GIB],
  ['defaults with a most and a least', '[worker.oci]\nmaxUsedSpace = 50000000000\nreservedSpace = 0x10', 50e9, 50e9],
  ['defaults with free space only', '[worker.oci]\nminFreeSpace = "20%"', 0, endless],
  [
    'defaults with all three',
    '[worker.oci]\nminFreeSpace = "20%"\nreservedSpace = "5GB"\nmaxUsedSpace = "50GB"',
    5 * GIB,
    50 * GIB,
  ],
  ['the old name', '[worker.oci]\ngckeepstorage = 9000', 9000, 9000],
  ['the old name beside a new one', '[worker.oci]\ngckeepstorage = 9000\nmaxUsedSpace = 5000', 5000, 5000],
  ['keys in other capitals', '[Worker.OCI]\nMAXUSEDSPACE = 5000', 5000, 5000],
  ['the later of two spellings', '[worker.oci]\nmaxUsedSpace = 6000\nMaxUsedSpace = 5000', 5000, 5000],
  ['what both spellings of a table say', '[worker.OCI]\nmaxUsedSpace = 50\n[worker.oci]\nreservedSpace = 40', 50, 50],
  ['a policy under a header with single brackets', '[worker.oci.gcpolicy]\nall = true\nmaxUsedSpace = 60', 60, 60],
  ['the sample in the docs', policy('all = true\nreservedSpace = 1024000000'), 1024e6, 1024e6],
  ['keepBytes', policy('all = true\nkeepBytes = "10GB"'), 10 * GIB, 10 * GIB],
  ['a least above the most', policy('reservedSpace = 60\nmaxUsedSpace = 40'), 60, 60],
  ['a policy of nothing', policy('all = true'), 0, 0],
  ['the strictest of two', policy('maxUsedSpace = 60') + policy('all = true\nmaxUsedSpace = 40'), 40, 40],
  ['policies by age only', policy('keepDuration = "48h"\nmaxUsedSpace = 60'), endless, endless],
  ['policies by type only', policy('filters = ["type==regular"]\nmaxUsedSpace = 60'), endless, endless],
  ['a percentage, rounded up', '[worker.oci]\nmaxUsedSpace = "10%"', 94e9, 94e9],
  ['no collection', '[worker.oci]\ngc = false\nmaxUsedSpace = 60', endless, endless],
  ['values of other types', '[worker.oci]\nmaxUsedSpace = true\nreservedSpace = "lots"', 10e9, 100e9],
]

for (const [what, toml, floor, ceiling] of CASES) {
  test(`the cache with ${what} on a disk of 1 TB`, () => {
    const { policies } = gcConfig(readToml(toml))
    assert.deepEqual(simulate({ policies, disk: TERABYTE }), { floor, ceiling })
  })
}

test('defaults are smaller on a small disk, and at most what they are on a large one where nobody knows it', () => {
  const { policies } = gcConfig(undefined)
  assert.deepEqual(simulate({ policies, disk: 50 * GIB }), { floor: 6e9, ceiling: 41e9 })
  assert.deepEqual(simulate({ policies }), { floor: 0, ceiling: 100e9 })
})

test('a limit below the ceiling ends the cache, and one above it does nothing', () => {
  const { policies } = gcConfig(undefined)
  assert.deepEqual(simulate({ policies, disk: TERABYTE, limit: 50e9 }), { floor: 0, ceiling: 50e9 })
  assert.deepEqual(simulate({ policies, disk: TERABYTE, limit: 200e9 }), { floor: 10e9, ceiling: 100e9 })
})

const size = fc.oneof(
  fc.record({ bytes: fc.integer({ min: 1, max: 1e9 }).map((thousands) => thousands * 1000) }),
  fc.record({ percentage: fc.integer({ min: 1, max: 100 }) }),
)
const optional = (amount: fc.Arbitrary<Amount>, key: string) =>
  fc.option(amount).map((one) => (one ? { [key]: one } : {}))
const anyPolicy: fc.Arbitrary<Policy> = fc
  .tuple(
    fc.record({
      filters: fc.constantFrom([], ['type==regular']),
      all: fc.boolean(),
      keepDuration: fc.constantFrom(0, 0, 3600),
    }),
    optional(size, 'reservedSpace'),
    optional(size, 'maxUsedSpace'),
    optional(size, 'minFreeSpace'),
  )
  .map((parts) => Object.assign({}, ...parts))
const bytes = fc.integer({ min: 1, max: 1e9 }).map((thousands) => thousands * 1000)
const simulated = fc.record(
  { policies: fc.array(anyPolicy, { maxLength: 5 }), disk: bytes, limit: bytes },
  { requiredKeys: ['policies'] },
)

test('the floor is never above the ceiling', () => {
  fc.assert(
    fc.property(simulated, (one) => {
      const { floor, ceiling } = simulate(one)
      assert.ok(floor <= ceiling, `${floor} <= ${ceiling}`)
    }),
  )
})

test('a limit never raises the ceiling, and neither does another policy', () => {
  fc.assert(
    fc.property(simulated, anyPolicy, bytes, ({ limit: _, ...one }, more, limit) => {
      const { ceiling } = simulate(one)
      assert.ok(simulate({ ...one, limit }).ceiling <= ceiling)
      assert.ok(simulate({ ...one, policies: [...one.policies, more] }).ceiling <= ceiling)
    }),
  )
})

test('what is known without the disk holds on every disk', () => {
  fc.assert(
    fc.property(simulated, bytes, ({ disk: _, limit: __, ...one }, disk) => {
      const known = simulate(one)
      const { floor, ceiling } = simulate({ ...one, disk })
      assert.ok(known.ceiling >= ceiling)
      assert.ok(known.floor <= floor)
    }),
  )
})
