import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK420' ? [message] : []))

test('a builder in the network of its node is a risk', () => {
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {podSpecPatch: {hostNetwork: true}}\n'), [
    'must be false: two Pods of a node cannot listen on one port, and no NetworkPolicy applies, got true; remove it',
  ])
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {podSpecPatch: {hostNetwork: false}}\n'), [])
})
