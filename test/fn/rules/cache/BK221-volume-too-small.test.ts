import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a template. */
const saidOf = (cache: string, toml = '') =>
  resultsOf(
    `kind: BuildkitTemplate\nspec:\n  cache: ${cache}\n${toml && `  buildkitdToml: |\n    ${toml.replaceAll('\n', '\n    ')}\n`}`,
  ).flatMap(({ tags, message }) => (tags?.rule === 'BK221' ? [message] : []))

test('a volume must hold an image, in the unit that was meant', () => {
  assert.deepEqual(saidOf('{ephemeral: {size: 200}}'), ['must be large enough for images, got 200; use at least 10Gi'])
  assert.deepEqual(saidOf('{claim: {size: 200M}}'), ['must be large enough for images, got 200M; use at least 10Gi'])
  assert.deepEqual(saidOf('{claim: {size: 200Gi}}'), [])
})
