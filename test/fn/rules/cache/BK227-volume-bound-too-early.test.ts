import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

/** What the rule says of manifests. */
const saidOf = (manifests: string) =>
  resultsOf(manifests).flatMap(({ tags, message }) => (tags?.rule === 'BK227' ? [message] : []))

const example = (cache: string, mode = '') => `kind: BuildkitTemplate
spec: {cache: {${cache}}, scheduling: {nodeSelector: {zone: a}}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: zonal}
${mode}`
const SAID =
  'must name a StorageClass with `volumeBindingMode: WaitForFirstConsumer`, because builders run on certain nodes, got "zonal", which binds at once'

test('a volume waits for the node of its Pod where builders run on certain nodes', () => {
  for (const kind of ['claim', 'ephemeral']) {
    const cache = `${kind}: {size: 100Gi, storageClassName: zonal}`
    assert.deepEqual(saidOf(example(cache)), [SAID])
    assert.deepEqual(saidOf(example(cache, 'volumeBindingMode: Immediate\n')), [SAID])
    assert.deepEqual(saidOf(example(cache, 'volumeBindingMode: WaitForFirstConsumer\n')), [])
  }
})

test('a StorageClass of another name, or builders on any node, break nothing', () => {
  assert.deepEqual(saidOf(example('claim: {size: 100Gi, storageClassName: other}')), [])
  const anywhere = example('claim: {size: 100Gi, storageClassName: zonal}').replace('nodeSelector: {zone: a}', '')
  assert.deepEqual(saidOf(anywhere), [])
})
