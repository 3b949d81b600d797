import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a template. */
const saidOf = (cache: string, toml = '') =>
  resultsOf(
    `kind: BuildkitTemplate\nspec:\n  cache: ${cache}\n${toml && `  buildkitdToml: |\n    ${toml.replaceAll('\n', '\n    ')}\n`}`,
  ).flatMap(({ tags, message }) => (tags?.rule === 'BK221' ? [message] : []))

test('a volume must hold an image, in the unit that was meant', () => {
  assert.deepEqual(saidOf('{ephemeral: {size: 200}}'), ['must be large enough for images, at least 10Gi, got 200'])
  assert.deepEqual(saidOf('{claim: {size: 200M}}'), ['must be large enough for images, at least 10Gi, got 200M'])
  assert.deepEqual(saidOf('{claim: {size: 200Gi}}'), [])
})

test('a volume has a size that disks have', () => {
  assert.deepEqual(saidOf('{claim: {size: 20Ei}}'), ['must be a size that a disk has, at most 1Pi, got 20Ei'])
  assert.deepEqual(saidOf('{claim: {size: 0.06Ti}}'), ['must be a whole number of bytes, got 65970697666560m'])
})
