import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a template. */
const saidOf = (cache: string, toml = '') =>
  resultsOf(
    `kind: BuildkitTemplate\nspec:\n  cache: ${cache}\n${toml && `  buildkitdToml: |\n    ${toml.replaceAll('\n', '\n    ')}\n`}`,
  ).flatMap(({ tags, message }) => (tags?.rule === 'BK219' ? [message] : []))

test('garbage collection must begin before the volume is nearly full', () => {
  assert.deepEqual(saidOf('{claim: {size: 50Gi}}', '[worker.oci]\nmaxUsedSpace = "50GB"'), [
    'the cache must stay below 40 GiB, 80% of its volume of 50Gi, got 50 GiB; set `maxUsedSpace` in `[worker.oci]` to less, or use a larger volume',
  ])
  assert.deepEqual(saidOf('{ephemeral: {size: 50Gi}}', '[worker.oci]\ngc = false'), [
    'the cache must stay below 40 GiB, 80% of its volume of 50Gi, got no ceiling; set `maxUsedSpace` in `[worker.oci]` to less, or use a larger volume',
  ])
})

test('a percentage is one of the volume, and free space is what the cache leaves', () => {
  for (const amount of ['maxUsedSpace = "70%"', 'minFreeSpace = "30%"', 'maxUsedSpace = "40GB"'])
    assert.deepEqual(saidOf('{claim: {size: 50Gi}}', `[worker.oci]\n${amount}`), [], amount)
  assert.equal(saidOf('{claim: {size: 50Gi}}', '[worker.oci]\nmaxUsedSpace = "90%"').length, 1)
})

test("BuildKit's defaults fit on a volume of a usual size", () => {
  for (const size of ['20Gi', '200Gi', '2Ti']) assert.deepEqual(saidOf(`{claim: {size: ${size}}}`), [], size)
})

test('a folder of the node has no size', () => {
  assert.deepEqual(saidOf('{hostPath: {path: /cache}}', '[worker.oci]\nmaxUsedSpace = "50GB"'), [])
})
