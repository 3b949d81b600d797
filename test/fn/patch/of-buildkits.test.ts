import assert from 'node:assert/strict'
import { test } from 'node:test'
import { privileged } from '../privileged-pod.ts'
import { saidOfPatch } from './said-of-patch.ts'

const OF_TEMPLATE = 'of its template, or of a template of its own if only this builder needs it'

test('a Buildkit that differs in what templates decide is sent to a template of its own', () => {
  assert.deepEqual(
    saidOfPatch({ nodeSelector: { a: 'b' }, nodeName: 'n', priority: 1, overhead: { cpu: '1' } }, 'Buildkit'),
    [
      `podSpecPatch.nodeSelector: has a field of its own: set \`spec.scheduling.nodeSelector\` ${OF_TEMPLATE}`,
      `podSpecPatch.nodeName: skips the scheduler, which knows taints, resources and volumes: set \`kubernetes.io/hostname\` in \`spec.scheduling.nodeSelector\` ${OF_TEMPLATE}`,
      `podSpecPatch.priority: is computed by API servers, which refuse another value: set \`spec.scheduling.priorityClassName\` ${OF_TEMPLATE} instead`,
      'podSpecPatch.overhead: is computed by API servers, which refuse another value: set `runtimeClassName` instead',
    ],
  )
})

test('a Buildkit is told what is a field of its own, and what is one of its template', () => {
  assert.deepEqual(
    saidOfPatch({ containers: [{ name: 'buildkit', image: 'a', resources: { limits: { cpu: '1' } } }] }, 'Buildkit'),
    [
      `podSpecPatch.containers[0].image: has a field of its own: set \`spec.image\` ${OF_TEMPLATE}`,
      `podSpecPatch.containers[0].resources.limits: has a field of its own: set \`spec.resources.limits\``,
    ],
  )
})

test('a Buildkit may change what the patch of its template has made', () => {
  const podSpec = { ...privileged, hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }] }
  const patch = { hostAliases: [{ ip: '10.0.0.1', $patch: 'delete' }] }
  assert.deepEqual(saidOfPatch(patch, 'Buildkit', podSpec), [])
  assert.deepEqual(saidOfPatch(patch, 'BuildkitTemplate'), [
    'podSpecPatch.hostAliases[0].$patch: finds nothing to delete',
  ])
})
