import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK225' ? [message] : []))

const example = (namespace: string) => `kind: BuildkitTemplate
metadata: {name: nvme${namespace}}
spec: {cache: {hostPath: {path: /x}}}
---
kind: Buildkit
metadata: {name: a${namespace}}
spec: {template: nvme}
`

test('a folder of the node is named for a namespace', () => {
  assert.deepEqual(saidOf(example('')), [
    'must be set with `cache.hostPath`, whose folder is named for it, got nothing',
  ])
  assert.deepEqual(saidOf(example(', namespace: ci')), [])
})
