import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toBuildkit } from '../../../controller/observe/to-buildkit.ts'

const status = { observedGeneration: 3, endpoint: 'tcp://10.0.0.1:1234', podName: 'b-bcdfghjklm' }
const podName = { 'f:spec': { 'f:podName': {}, 'f:template': {} } }
const at = (time: string) => Date.parse(`2026-11-24T${time}Z`)

/** Buildkit "b" as the API server sends it. */
function object(managedFields: readonly object[], rest: object = {}): object {
  return {
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind: 'Buildkit',
    metadata: { name: 'b', namespace: 'ci', uid: '7e1d', resourceVersion: '42', generation: 3, managedFields },
    spec: { template: 'small', podName: 'b-bcdfghjklm' },
    status,
    ...rest,
  }
}

function entry(manager: string, time: string, fieldsV1: object): object {
  const operation = { operation: 'Apply', apiVersion: 'buildkit.seatgeek.io/v1alpha1', fieldsType: 'FieldsV1' }
  return { manager, time: `2026-11-24T${time}Z`, ...operation, fieldsV1 }
}

const kept = {
  namespace: 'ci',
  name: 'b',
  uid: '7e1d',
  resourceVersion: '42',
  generation: 3,
  podNames: ['b-bcdfghjklm'],
  status,
}

const unrendered = { ...kept, podNames: [] }

const others = [
  entry('kubectl-label', '11:50:00', { 'f:metadata': { 'f:labels': { 'f:team': {} } } }),
  { ...entry('buildkit-controller', '11:55:00', { 'f:status': { 'f:podName': {} } }), subresource: 'status' },
]

test('a Buildkit has an identity, a status and a podName with its time', () => {
  const engine = entry('kustomize-controller', '11:00:00', podName)
  assert.deepEqual(toBuildkit(object([...others, engine])), { ...kept, podNamesWritten: at('11:00:00') })
})

test('if several managers own podName, the first one wrote it', () => {
  const managers = [entry('argocd-controller', '11:20:00', podName), entry('kubectl', '11:10:00', podName)]
  assert.deepEqual(toBuildkit(object([...managers, ...others])), { ...kept, podNamesWritten: at('11:10:00') })
})

test('a Buildkit has the value of its suspend label, and no other label', () => {
  const { metadata, ...rest } = object(others) as { readonly metadata: object }
  for (const suspend of ['true', 'yes', '']) {
    const labels = { 'buildkit.seatgeek.io/suspend': suspend, 'infrared.reddit.com/suspend': 'true' }
    assert.deepEqual(toBuildkit({ ...rest, metadata: { ...metadata, labels } }), { ...kept, suspend })
  }
})

test('a podName that is not a valid name counts as not rendered', () => {
  for (const odd of ['x'.repeat(300_000), '', 7])
    assert.deepEqual(toBuildkit(object(others, { spec: { template: 'small', podName: odd } })), unrendered)
})

test('invalid entries of managedFields are ignored', () => {
  const odd = [null, 'x', [], 7, { 'f:podName': {} }].map((fields) =>
    entry('evil', '11:00:00', { 'f:spec': fields as object }),
  )
  const untimed = { ...entry('evil', '11:00:00', podName), time: 'x' }
  assert.deepEqual(toBuildkit(object([...odd.slice(0, 4), untimed])), kept)
})

test('without a manager that owns podName, its time is unknown', () => {
  assert.deepEqual(toBuildkit(object(others)), kept)
  assert.deepEqual(toBuildkit(object([{ manager: 'kubectl', operation: 'Update', fieldsV1: podName }])), kept)
})

test('a Buildkit without managedFields, spec.podName and status was never rendered', () => {
  const { metadata } = object([]) as { readonly metadata: object }
  const { managedFields, ...bare } = metadata as Record<string, unknown>
  assert.deepEqual(managedFields, [])
  assert.deepEqual(toBuildkit({ metadata: bare, spec: { template: 'small' } }), { ...unrendered, status: {} })
})

test('an empty podName counts as absent', () => {
  assert.deepEqual(toBuildkit(object([], { spec: { template: 'small', podName: '' } })), unrendered)
})

test('a Buildkit with replicas has the names of all its Pods, and the time at which they were written', () => {
  const podNames = ['b-bcdfghjklm', 'b-cdfghjklmn']
  const spec = { template: 'small', replicas: 2, podName: podNames[0], podNames }
  const managers = [
    entry('kubectl', '11:10:00', podName),
    entry('argocd-controller', '11:20:00', { 'f:spec': { 'f:podName': {}, 'f:podNames': {} } }),
  ]
  assert.deepEqual(toBuildkit(object(managers, { spec })), { ...kept, podNames, podNamesWritten: at('11:20:00') })
})

test('names that rendering did not write are those of one Pod', () => {
  const name = 'b-bcdfghjklm'
  const odd = [['b-cdfghjklmn', name], [name, 7], [name, ''], 'x', [], Array.from({ length: 17 }, () => name)]
  for (const podNames of odd)
    assert.deepEqual(toBuildkit(object(others, { spec: { template: 'small', podName: name, podNames } })), kept)
})
