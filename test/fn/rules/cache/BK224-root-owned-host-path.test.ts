import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK224' ? [message] : []))

test('a rootless builder needs a folder of its user', () => {
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {rootless: true, cache: {hostPath: {path: /x}}}\n'), [
    'must be a folder that user 1000 owns, because the kubelet creates it for root; create it on the nodes beforehand, or use `cache.claim`',
  ])
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {cache: {hostPath: {path: /x}}}\n'), [])
})
