import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK223' ? [message] : []))

test('a folder of the node needs nodes that have it', () => {
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {cache: {hostPath: {path: /x}}}\n'), [
    'must be on nodes that `scheduling.nodeSelector` or a required node affinity names, got any node; name the nodes that have the disk',
  ])
  assert.deepEqual(
    saidOf(
      'kind: BuildkitTemplate\nspec: {cache: {hostPath: {path: /x}}, scheduling: {nodeSelector: {kubernetes.io/arch: amd64}}}\n',
    ),
    [
      'must be on nodes that `scheduling.nodeSelector` or a required node affinity names, got any node; name the nodes that have the disk',
    ],
  )
})

test('nodes that are named have it', () => {
  assert.deepEqual(
    saidOf('kind: BuildkitTemplate\nspec: {cache: {hostPath: {path: /x}}, scheduling: {nodeSelector: {disk: nvme}}}\n'),
    [],
  )
  assert.deepEqual(saidOf('kind: BuildkitTemplate\nspec: {cache: {claim: {size: 100Gi}}}\n'), [])
})
