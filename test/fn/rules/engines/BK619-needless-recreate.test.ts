import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK619' ? [message] : []))

test('a cache that goes with its Pod needs no gap', () => {
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {lifecycle: {handover: Recreate}}\n'), [
    'must be "Overlap" for builders without a gap, because their cache goes with the Pod, got "Recreate"; keep it only where there is no room for two Pods',
  ])
  assert.deepEqual(
    saidOf('kind: BuildkitTemplate\nspec: {cache: {claim: {size: 100Gi}}, lifecycle: {handover: Recreate}}\n'),
    [],
  )
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {}\n'), [])
})
