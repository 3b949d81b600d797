import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of a cache and a `root`. */
const saidOf = (cache: string, root: string) =>
  resultsOf(
    `kind: BuildkitTemplate\nspec:\n  rootless: true\n  cache: ${cache}\n  buildkitdToml: |\n    root = "${root}"\n`,
  ).flatMap(({ tags, message }) => (tags?.rule === 'BK117' ? [message] : []))

test('a volume that init containers prepare has its state in one place', () => {
  assert.deepEqual(saidOf('{claim: {size: 120Gi}}', '/home/user/.local/share/buildkit/other'), [
    '`root` must be left out with `cache`, whose init containers prepare "/home/user/.local/share/buildkit/root", got "/home/user/.local/share/buildkit/other"',
  ])
  assert.deepEqual(saidOf('{claim: {size: 120Gi}}', '/home/user/.local/share/buildkit/root'), [])
  assert.deepEqual(saidOf('{emptyDir: {}}', '/home/user/.local/share/buildkit/other'), [])
})
