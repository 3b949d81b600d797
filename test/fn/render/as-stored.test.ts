import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asStored, labelKeysIn } from '../../../fn/render/as-stored.ts'

const labels = { pool: 'fast', team: 'ci' }
const topologyKey = 'kubernetes.io/hostname'

const constraints: Readonly<Record<string, readonly [constraint: object, stored: object]>> = {
  'empty lists say nothing': [
    {
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] },
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey, namespaces: [], matchLabelKeys: [], labelSelector: { matchLabels: {}, matchExpressions: [] } },
        ],
      },
    },
    {
      nodeAffinity: {},
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey, labelSelector: {} }] },
    },
  ],
  'an empty selector selects everything': [
    [{ topologyKey, labelSelector: {}, namespaceSelector: {} }],
    [{ topologyKey, labelSelector: {}, namespaceSelector: {} }],
  ],
  'an empty value of a label is a value': [
    { labelSelector: { matchLabels: { a: '' }, matchExpressions: [{ key: 'b', operator: 'In', values: [''] }] } },
    { labelSelector: { matchLabels: { a: '' }, matchExpressions: [{ key: 'b', operator: 'In', values: [''] }] } },
  ],
  'labels of the Pod that are named go into the selector': [
    { labelSelector: { matchLabels: { a: 'b' } }, matchLabelKeys: ['pool', 'other'], mismatchLabelKeys: ['team'] },
    {
      labelSelector: {
        matchLabels: { a: 'b' },
        matchExpressions: [
          { key: 'pool', operator: 'In', values: ['fast'] },
          { key: 'team', operator: 'NotIn', values: ['ci'] },
        ],
      },
      matchLabelKeys: ['other'],
    },
  ],
  'what the API server refuses is left to it': [
    { labelSelector: { matchLabels: { pool: 'fast' } }, matchLabelKeys: ['pool', 'team'], mismatchLabelKeys: ['team'] },
    { labelSelector: { matchLabels: { pool: 'fast' } }, matchLabelKeys: ['pool', 'team'], mismatchLabelKeys: ['team'] },
  ],
  'without a selector there is nothing to add to': [
    { topologyKey, matchLabelKeys: ['pool'] },
    { topologyKey, matchLabelKeys: ['pool'] },
  ],
}

for (const [name, [constraint, stored]] of Object.entries(constraints)) {
  test(name, () => {
    assert.deepEqual(asStored(constraint, labels), stored)
    assert.deepEqual(asStored(stored, {}), stored)
  })
}

test('the labels that constraints name are found wherever they are', () => {
  const term = { matchLabelKeys: ['a'], mismatchLabelKeys: ['b'] }
  assert.deepEqual(
    labelKeysIn({ affinity: { podAffinity: { preferred: [{ podAffinityTerm: term }] } }, spread: [term] }),
    ['a', 'b', 'a', 'b'],
  )
})
