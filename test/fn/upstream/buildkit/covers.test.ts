import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Amount, boundsOf } from '../../../../fn/upstream/buildkit/amount.ts'
import { covers, type Policy } from '../../../../fn/upstream/buildkit/policies.ts'

/** What `calculateKeepBytes` of cache/manager.go in BuildKit v0.34.2 gives, line by line. */
function keepBytes(policy: Policy, { disk, free, total }: { disk: number; free: number; total: number }): number {
  const [used, reserved, minFree] = [policy.maxUsedSpace, policy.reservedSpace, policy.minFreeSpace].map((amount) => {
    return amount ? boundsOf(amount, disk).most : 0
  }) as [number, number, number]
  if (used === 0 && reserved === 0 && minFree === 0) return 0
  let keep = used
  const excess = minFree - free
  if (excess > 0) keep = keep === 0 ? total - excess : Math.min(keep, total - excess)
  else if (minFree !== 0 && keep === 0) keep = total
  return Math.max(keep, reserved)
}

const anyAmount: fc.Arbitrary<Amount> = fc.oneof(
  fc.record({ bytes: fc.constantFrom(1e9, 2e9, 50e9) }),
  fc.record({ percentage: fc.constantFrom(1, 10, 50) }),
)
const optional = (key: string) => fc.option(anyAmount).map((one) => (one ? { [key]: one } : {}))
const anyPolicy: fc.Arbitrary<Policy> = fc
  .tuple(optional('reservedSpace'), optional('maxUsedSpace'), optional('minFreeSpace'))
  .map((parts) => Object.assign({ filters: [], all: true, keepDuration: 0 }, ...parts))
const gigabytes = fc.integer({ min: 1, max: 1000 }).map((one) => one * 1e9)
const state = fc.record({ disk: gigabytes, free: gigabytes, total: gigabytes })

test('a policy that another covers never deletes after it', () => {
  fc.assert(
    fc.property(anyPolicy, anyPolicy, state, (earlier, later, node) => {
      fc.pre(covers(earlier, later) && keepBytes(later, node) !== 0)
      const left = Math.min(node.total, keepBytes(earlier, node))
      const freed = node.total - left
      assert.ok(left <= keepBytes(later, { ...node, total: left, free: node.free + freed }))
    }),
    { numRuns: 2000 },
  )
})

test('policies that leave some records alone cover nothing', () => {
  const strict: Policy = { filters: [], all: true, keepDuration: 0, maxUsedSpace: { bytes: 1 } }
  const loose: Policy = { ...strict, maxUsedSpace: { bytes: 2 } }
  assert.deepEqual(
    [strict, { ...strict, filters: ['type==regular'] }, { ...strict, keepDuration: 1 }, { ...strict, all: false }].map(
      (earlier) => covers(earlier, loose),
    ),
    [true, false, false, false],
  )
})
