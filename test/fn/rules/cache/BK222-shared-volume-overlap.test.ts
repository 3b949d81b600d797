import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK222' ? [message] : []))

test('two Pods of a builder cannot use one volume at once', () => {
  assert.deepEqual(
    saidOf('kind: BuildkitTemplate\nspec: {cache: {claim: {size: 100Gi}}, lifecycle: {handover: Overlap}}\n'),
    ['must be "Recreate" with `cache.claim`, which two Pods of a builder cannot use at once, got "Overlap"'],
  )
  assert.deepEqual(
    saidOf('kind: BuildkitTemplate\nspec: {cache: {hostPath: {path: /x}}, lifecycle: {handover: Overlap}}\n'),
    ['must be "Recreate" with `cache.hostPath`, which two Pods of a builder cannot use at once, got "Overlap"'],
  )
})

test('a cache that goes with its Pod may overlap', () => {
  assert.deepEqual(
    saidOf('kind: BuildkitTemplate\nspec: {cache: {ephemeral: {size: 100Gi}}, lifecycle: {handover: Overlap}}\n'),
    [],
  )
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {cache: {claim: {size: 100Gi}}}\n'), [])
})
