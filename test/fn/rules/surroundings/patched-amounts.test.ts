import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildkit, quota, range, saidOf, template } from './surroundings.ts'

test('a quota counts what a patch adds to a Pod, and claims once', () => {
  const side = { name: 'proxy', image: 'example.com/proxy:v1', resources: { limits: { memory: '1Gi' } } }
  const patched = template({
    resources: { default: { limits: { memory: '8Gi' } } },
    podSpecPatch: {
      containers: [side],
      initContainers: [{ ...side, name: 'init', resources: { limits: { memory: '16Gi' } } }],
    },
  })
  const needed = (hard: object, one: object = patched) => saidOf(one, buildkit('a'), quota(hard))
  assert.deepEqual(needed({ 'limits.memory': '32Gi' }), [])
  assert.equal(needed({ 'limits.memory': '31Gi' }).length, 1)
  const claims = { persistentvolumeclaims: 1, 'requests.storage': '150Gi' }
  assert.deepEqual(needed(claims, template({ cache: { claim: { size: '150Gi' } } })), [])
  assert.equal(needed(claims, template({ cache: { ephemeral: { size: '150Gi' } } })).length, 2)
})

test('a LimitRange judges every container that a patch adds', () => {
  const patched = template({
    podSpecPatch: {
      containers: [{ name: 'proxy', image: 'example.com/proxy:v1', resources: { limits: { cpu: '9' } } }],
    },
  })
  assert.deepEqual(saidOf(patched, buildkit('a'), range({ max: { cpu: '8' } })), [
    'BK703 LimitRange spec.limits[0].max.cpu must be at least the limit of 9, got "8"; the API server rejects the Pod of Buildkit "a"',
  ])
})
