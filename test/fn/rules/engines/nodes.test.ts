import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

const NODE_POOL = 'cloud.google.com/gke-nodepool'
const one = (key: string, ...values: string[]) => ({ matchExpressions: [{ key, operator: 'In', values }] })
const required = (...nodeSelectorTerms: object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
})
const SPOT = ['karpenter.sh/capacity-type', 'spot'] as const
const TERMS = 'spec.scheduling.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms'

function saidOf(...scheduling: readonly object[]) {
  const templates = scheduling.map((each, at) => ({
    kind: 'BuildkitTemplate',
    metadata: { name: `t${at}` },
    spec: { scheduling: each },
  }))
  const buildkits = scheduling.map((_, at) => ({
    kind: 'Buildkit',
    metadata: { name: `b${at}` },
    spec: { template: `t${at}` },
  }))
  const results = resultsOf([...templates, ...buildkits].map((object) => JSON.stringify(object)).join('\n---\n'))
  return results.map(({ tags, resourceRef, field }) => `${tags?.rule} ${resourceRef?.name} ${field?.path}`)
}

for (const [name, scheduling, path] of [
  ['by a label', { nodeSelector: { [SPOT[0]]: SPOT[1] } }, `spec.scheduling.nodeSelector[${SPOT[0]}]`],
  ['by an affinity', required(one(...SPOT)), `${TERMS}[0].matchExpressions[0].values[0]`],
  ['or others', required(one(...SPOT, 'on-demand')), undefined],
  ['in one of two terms', required(one(...SPOT), one('example.com/pool', 'builders')), undefined],
] as const)
  test(`nodes that go at short notice are picked ${name}`, () => {
    assert.deepEqual(saidOf(scheduling), path ? [`BK614 t0 ${path}`] : [])
  })

test('each template that picks a group of nodes is told of the autoscaler', () => {
  const pools = [{ nodeSelector: { [NODE_POOL]: 'a' } }, required(one(NODE_POOL, 'b')), {}]
  assert.deepEqual(saidOf(...pools), ['BK612 t0 spec.podAnnotations', 'BK612 t1 spec.podAnnotations'])
})
