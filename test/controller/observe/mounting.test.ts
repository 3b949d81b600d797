import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPod } from '../../../controller/observe/to-pod.ts'
import { condition, container, podObject, waiting } from './pod-object.ts'

const scheduled = condition('PodScheduled', 'True', '2026-11-24T11:00:05Z')
const unprepared = condition('PodReadyToStartContainers', 'False', '2026-11-24T11:00:06Z')
const creating = {
  phase: 'Pending',
  conditions: [scheduled, unprepared],
  containerStatuses: [container(waiting('ContainerCreating'))],
}
const tls = {
  name: 'tls',
  secret: { secretName: 'builder-tls', items: ['tls.crt', 'tls.key', 'ca.crt'].map((key) => ({ key, path: key })) },
}

/** What a Pod with these volumes waits for. */
function mountingOf(volumes: readonly object[], status: Parameters<typeof podObject>[0] = creating) {
  return toPod(podObject(status, {}, { volumes })).mounting
}

test('a Pod whose node has not prepared it has the names of what it needs, and the time when it was scheduled', () => {
  const since = Date.parse('2026-11-24T11:00:05Z')
  assert.deepEqual(mountingOf([tls]), { needs: 'Secret "builder-tls" (tls.crt, tls.key, ca.crt)', since })
  const { mounting: _, ...rest } = toPod(podObject(creating, {}, { volumes: [tls] }))
  assert.deepEqual(rest, toPod(podObject(creating)))
})

test('it may need Secrets, ConfigMaps and claims, also those of its own', () => {
  const volumes = [
    { name: 'ca', configMap: { name: 'company-ca' } },
    { name: 'buildkitd', persistentVolumeClaim: { claimName: 'shop' } },
    { name: 'cache', ephemeral: { volumeClaimTemplate: {} } },
  ]
  const needs = 'ConfigMap "company-ca", PersistentVolumeClaim "shop", PersistentVolumeClaim "b-bcdfghjklm-cache"'
  assert.equal(mountingOf(volumes)?.needs, needs)
})

test('it does not wait for what is optional, or cannot be missing', () => {
  const volumes = [
    { name: 'a', secret: { secretName: 'a', optional: true } },
    { name: 'b', configMap: { name: 'b', optional: true } },
    { name: 'c', emptyDir: {} },
    { name: 'd', downwardAPI: { items: [] } },
  ]
  assert.equal(mountingOf(volumes), undefined)
  assert.equal(mountingOf([]), undefined)
})

test('a Pod that is not scheduled, whose node has prepared it, or that runs, waits for no volume', () => {
  const [unscheduled, prepared] = [
    { ...scheduled, status: 'False' },
    { ...unprepared, status: 'True' },
  ]
  for (const conditions of [[unprepared], [unscheduled, unprepared], [scheduled], [scheduled, prepared]])
    assert.equal(mountingOf([tls], { ...creating, conditions }), undefined)
  assert.equal(mountingOf([tls], { ...creating, phase: 'Running' }), undefined)
})

test('three objects are named, and the text is bounded', () => {
  const secrets = (length: number, name: string) =>
    Array.from({ length }, (_, at) => ({ name: `v${at}`, secret: { secretName: `${name}${at}` } }))
  assert.equal(mountingOf(secrets(5, 'x'))?.needs, 'Secret "x0", Secret "x1", Secret "x2" and 2 more')
  assert.equal(mountingOf(secrets(9, 'x'.repeat(300_000)))?.needs.length, 256)
})
