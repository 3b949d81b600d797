import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

function saidOf(podAnnotations: object, ...buildkits: readonly object[]): readonly (string | undefined)[] {
  const all = [
    { kind: 'BuildkitTemplate', spec: { podAnnotations } },
    ...buildkits.map((spec, at) => ({ kind: 'Buildkit', metadata: { name: `b${at}` }, spec })),
  ]
  const results = resultsOf(all.map((object) => stringify(object)).join('---\n'))
  return results.flatMap(({ tags, resourceRef, message: said }) =>
    tags?.rule === 'BK622' ? [`${resourceRef?.kind} ${resourceRef?.name} ${said}`] : [],
  )
}

const message = (by: string) =>
  `is not needed with \`spec.replicas\`, whose PodDisruptionBudget lets one Pod go at a time, and keeps ${by} from the node of each; remove it`

test('what keeps autoscalers from the node of a builder is not needed with replicas', () => {
  const karpenter = { 'karpenter.sh/do-not-disrupt': 'true' }
  const autoscaler = { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' }
  assert.deepEqual(saidOf(karpenter, { replicas: 2 }), [`BuildkitTemplate example ${message('Karpenter')}`])
  assert.deepEqual(saidOf(autoscaler, { replicas: 2 }), [`BuildkitTemplate example ${message('Cluster Autoscaler')}`])
  assert.deepEqual(saidOf(karpenter, {}), [])
  assert.deepEqual(saidOf({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' }, { replicas: 2 }), [])
})

test('of the annotations of Buildkits, only those with replicas are meant', () => {
  const annotations = { 'karpenter.sh/do-not-disrupt': 'true' }
  assert.deepEqual(saidOf({}, { annotations }, { annotations, replicas: 3 }), [`Buildkit b1 ${message('Karpenter')}`])
})
