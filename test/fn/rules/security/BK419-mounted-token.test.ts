import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK419' ? [message] : []))

test('build steps must not read the token of a service account', () => {
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {podSpecPatch: {automountServiceAccountToken: true}}\n'), [
    'must be false, because build steps can read the token, got true; remove it',
  ])
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {podSpecPatch: {automountServiceAccountToken: false}}\n'), [])
})
