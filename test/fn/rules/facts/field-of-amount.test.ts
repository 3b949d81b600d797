import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'

interface Given {
  readonly own?: object
  readonly byDefault?: object
  readonly maximum?: object
}

/** What is said of amounts that a Buildkit and its template give: rule, object, field and message. */
function saidOf({ own, byDefault, maximum }: Given): readonly unknown[] {
  const template = { kind: 'BuildkitTemplate', spec: { resources: { default: byDefault, maximum } } }
  const buildkit = { kind: 'Buildkit', spec: { resources: own } }
  return resultsOf([template, buildkit].map((object) => JSON.stringify(object)).join('\n---\n')).map(
    ({ tags, resourceRef, field, message }) => [tags?.rule, resourceRef?.kind, field?.path, message],
  )
}

const mistake = 'must be at least 0, got "-1"'

test('an amount is found where it was written: in the Buildkit, the default or the maximum', () => {
  assert.deepEqual(saidOf({ own: { requests: { cpu: -1 } }, byDefault: { requests: { cpu: 1 } } }), [
    ['BK507', 'Buildkit', 'spec.resources.requests.cpu', mistake],
  ])
  assert.deepEqual(saidOf({ own: { requests: { memory: '1Gi' } }, byDefault: { requests: { cpu: '-1000m' } } }), [
    ['BK507', 'BuildkitTemplate', 'spec.resources.default.requests.cpu', mistake],
  ])
  assert.deepEqual(saidOf({ maximum: { 'nvidia.com/gpu': -1 } }), [
    ['BK507', 'BuildkitTemplate', 'spec.resources.maximum[nvidia.com/gpu]', mistake],
  ])
})

test('a wrong default that every Buildkit replaces is no matter', () => {
  assert.deepEqual(saidOf({ own: { requests: { cpu: 1 } }, byDefault: { requests: { cpu: -1 } } }), [])
})

test('a request above its limit was lowered, and the limit is named', () => {
  const lowered = 'must be at most the limit, 4Gi (`spec.resources.default.limits.memory`); "8Gi" was lowered to "4Gi"'
  assert.deepEqual(saidOf({ own: { requests: { memory: '8Gi' } }, byDefault: { limits: { memory: '4Gi' } } }), [
    ['BK502', 'Buildkit', 'spec.resources.requests.memory', lowered],
  ])
})
