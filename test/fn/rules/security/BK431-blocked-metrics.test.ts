import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'
import { ALL, buildkit, CLIENTS, policy, template } from './policy-objects.ts'

const measured = (metrics: object | undefined = {}) => ({ ...template(), spec: { observability: { metrics } } })
const PROMETHEUS = { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }] }
const CI = { ...CLIENTS, ports: [{ port: 'tcp' }] }

/** The rules about policies that objects break; that metrics are open to everybody is BK408's. */
function saidOf(...objects: readonly object[]) {
  return resultsOf(objects.map((object) => stringify(object)).join('---\n'))
    .map(({ tags, message, field }) => [tags?.rule, field?.path, message])
    .filter(([id]) => id !== 'BK408')
}

const MESSAGE =
  'must allow Prometheus to reach port 6060, named "metrics", of the Pod of Buildkit "a"; no NetworkPolicy in the package does; add a rule for this port'

const cases: readonly (readonly [string, ...(readonly unknown[])])[] = [
  ['only clients', [CI], [['BK431', 'spec.ingress', MESSAGE]]],
  ['clients, and Prometheus on its port by name', [CI, { ...PROMETHEUS, ports: [{ port: 'metrics' }] }], []],
  ['clients, and Prometheus on its port by number', [CI, { ...PROMETHEUS, ports: [{ port: 6060 }] }], []],
  [
    'clients, and Prometheus on another port',
    [CI, { ...PROMETHEUS, ports: [{ port: 9090 }] }],
    [['BK431', 'spec.ingress', MESSAGE]],
  ],
  ['a range with both', [{ ...CLIENTS, ports: [{ port: 1024, endPort: 7000 }] }], []],
  ['all ports', [CLIENTS], []],
]
for (const [name, ingress, said] of cases)
  test(`a policy lets Prometheus read metrics, or not: ${name}`, () => {
    assert.deepEqual(saidOf(measured(), buildkit('a'), policy('p', { ...ALL, ingress })), said)
  })

test('a policy that shuts all ports is said once, about clients', () => {
  const said = saidOf(measured(), buildkit('a'), policy('p', { ...ALL, policyTypes: ['Ingress'] }))
  assert.deepEqual(
    said.map(([id]) => id),
    ['BK415'],
  )
})

test('a builder without metrics needs no Prometheus', () => {
  assert.deepEqual(saidOf(template(), buildkit('a'), policy('p', { ...ALL, ingress: [CI] })), [])
})

test('of metrics on another port its number is said', () => {
  const [[, , message] = []] = saidOf(measured({ port: 9999 }), buildkit('a'), policy('p', { ...ALL, ingress: [CI] }))
  assert.equal(message, MESSAGE.replace('6060', '9999'))
})
