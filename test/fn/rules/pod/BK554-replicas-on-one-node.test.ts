import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

const HOSTNAME = 'kubernetes.io/hostname'
const required = (...nodeSelectorTerms: readonly object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
})

function saidOf(scheduling: object, replicas: number): readonly (string | undefined)[] {
  const all = [
    { kind: 'BuildkitTemplate', spec: { scheduling } },
    { kind: 'Buildkit', spec: { replicas } },
  ]
  const results = resultsOf(all.map((object) => stringify(object)).join('---\n'))
  return results.flatMap(({ tags, field, message }) => (tags?.rule === 'BK554' ? [`${field?.path}: ${message}`] : []))
}

test('replicas must not all be on one node', () => {
  const said = (field: string) => [
    `spec.scheduling.${field}: must allow several nodes for the Pods of Buildkit "example", got "a"`,
  ]
  const TERMS = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]'
  const isA = { operator: 'In', values: ['a'] }
  assert.deepEqual(saidOf({ nodeSelector: { [HOSTNAME]: 'a' } }, 2), said(`nodeSelector[${HOSTNAME}]`))
  assert.deepEqual(
    saidOf(required({ matchExpressions: [{ key: HOSTNAME, ...isA }] }), 2),
    said(`${TERMS}.matchExpressions[0].values[0]`),
  )
  assert.deepEqual(
    saidOf(required({ matchFields: [{ key: 'metadata.name', ...isA }] }), 2),
    said(`${TERMS}.matchFields[0].values[0]`),
  )
})

test('one Pod may be, and so may replicas that have a choice', () => {
  assert.deepEqual(saidOf({ nodeSelector: { [HOSTNAME]: 'a' } }, 1), [])
  const values = ['a', 'b']
  assert.deepEqual(saidOf(required({ matchFields: [{ key: 'metadata.name', operator: 'In', values }] }), 2), [])
})
