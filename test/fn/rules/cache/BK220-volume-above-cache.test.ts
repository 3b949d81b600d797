import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a template. */
const saidOf = (cache: string, toml = '') =>
  resultsOf(
    `kind: BuildkitTemplate\nspec:\n  cache: ${cache}\n${toml && `  buildkitdToml: |\n    ${toml.replaceAll('\n', '\n    ')}\n`}`,
  ).flatMap(({ tags, message }) => (tags?.rule === 'BK220' ? [message] : []))

test("a volume must not be much larger than BuildKit's defaults keep", () => {
  assert.deepEqual(saidOf('{claim: {size: 500Gi}}'), [
    'must be less than twice what garbage collection keeps, 93.1 GiB, got 500Gi; set `maxUsedSpace` in `[worker.oci]` to as much as 400 GiB, or use a smaller volume',
  ])
})

test('a volume that garbage collection fills is well used', () => {
  assert.deepEqual(saidOf('{claim: {size: 500Gi}}', '[worker.oci]\nmaxUsedSpace = "400GB"'), [])
  assert.deepEqual(saidOf('{claim: {size: 150Gi}}'), [])
})

test('nothing is said of what garbage collection keeps while its amount is misspelt', () => {
  assert.deepEqual(saidOf('{claim: {size: 500Gi}}', '[worker.oci]\nmaxUsedSpace = "400QB"'), [])
  assert.deepEqual(saidOf('{claim: {size: 500Gi}}', '[[worker.oci.gcpolicy]]\nall = true\nmaxUsedSpace = "400QB"'), [])
})
