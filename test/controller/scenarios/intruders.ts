import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { labelValueOf } from '../../../crds/names.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, byName, columns, podName } from '../../harness/servers/package.ts'
import type { Scenarios } from '../../harness/servers/stage.ts'

const [first, second, third] = [podName('b', 1), podName('b', 2), podName('b', 3)]
const REPLICA_SET = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-7d9f8c6b5d', uid: 'r', controller: true }
/** Longer than the hand-over grace, and than a status is held. */
const LONG = 6000

/** What people do who may create Pods or Buildkits in a namespace. */
export const INTRUDERS: Scenarios = {
  'a Pod that is called as ours are does not become the endpoint while the current one starts': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyBuildkit('b', first)
    await pkg.applyPod('b', first)
    await pkg.intrude('b', second, { ip: '6.6.6.6' })
    await setTimeout(3000)
    assert.equal((await pkg.status('b')).endpoint, undefined)
    await pkg.runPod(first, '10.0.0.1')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
  },

  'a Pod that says the Buildkit owned it does not become the endpoint': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyBuildkit('b', first)
    await pkg.applyPod('b', first)
    const owner = { apiVersion: 'buildkit.seatgeek.io/v9', kind: 'Buildkit', name: 'b', uid: 'nobody' }
    await pkg.intrude('b', 'database-0', { metadata: { ownerReferences: [owner] }, ip: '6.6.6.6' })
    await setTimeout(3000)
    assert.equal((await pkg.status('b')).endpoint, undefined)
    await pkg.deleteBuildkit('b')
    await setTimeout(LONG)
    assert.ok((await pkg.pods()).includes('database-0'))
  },

  'Pods of a ReplicaSet whose template has our label are left alone, and that is said': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    await pkg.intrude('b', third, { metadata: { ownerReferences: [REPLICA_SET] }, ip: '6.6.6.6' })
    await nextSecond()
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(pkg.pods, [`(${first})`, second, third].sort(byName))
    const ignored = async () => {
      const { conditions = [] } = await pkg.status('b')
      return conditions.find(({ type }: { type: string }) => type === 'PodsIgnored')?.reason
    }
    await eventually(ignored, 'PodOwnedByAnother')
  },

  'two Buildkits whose labels are cut alike are each served by their own Pods, and none is deleted': async (stage) => {
    const pkg = await stage.createPackage()
    const long = `${'l'.repeat(52)}-longer-than-a-label`
    const label = labelValueOf(long)
    const [own, others, next] = [podName(label, 1), podName(label, 2), podName(label, 3)]
    await pkg.applyPod(label, own)
    await pkg.applyBuildkit(long, own)
    await pkg.runPod(own, '10.0.0.1')
    await eventually(columns(pkg, long), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    await nextSecond()
    await bringUp(pkg, { buildkit: label, pod: others, ip: '10.0.0.2' })
    await pkg.applyPod(label, next)
    await pkg.applyBuildkit(label, next)
    await pkg.runPod(next, '10.0.0.3')
    await setTimeout(LONG)
    await eventually(columns(pkg, long), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    await eventually(columns(pkg, label), ['tcp://10.0.0.3:1234', 'True', 'PodReady'])
    assert.deepEqual(await pkg.pods(), [own, others, next].sort(byName))
    await pkg.deleteBuildkit(label)
    await pkg.finishPod(own)
    await eventually(columns(pkg, long), [undefined, 'False', 'PodMissing'])
  },

  'Buildkits that name the Pods of each other are told so, and no Pod is deleted': async (stage) => {
    const pkg = await stage.createPackage()
    const pods = { a: podName('a', 1), b: first }
    for (const [index, name] of (['a', 'b'] as const).entries()) {
      await pkg.applyPod(name, pods[name])
      await pkg.applyBuildkit(name, pods[name])
      await pkg.runPod(pods[name], `10.0.0.${index}`)
    }
    await pkg.applyBuildkit('a', pods.b)
    await pkg.applyBuildkit('b', pods.a)
    for (const name of ['a', 'b']) await eventually(async () => (await columns(pkg, name)())[2], 'PodRenamed')
    await setTimeout(LONG)
    assert.deepEqual(await pkg.pods(), [pods.a, pods.b].sort(byName))
  },

  'any number of Pods with a label makes a status no longer, and its endpoint goes with its Pod': async (stage) => {
    const pkg = await stage.createPackage()
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    const names = Array.from({ length: 200 }, (_, index) => `${'x'.repeat(230)}-${index}`)
    await Promise.all(names.map((name) => pkg.applyPod('b', name)))
    await pkg.finishPod(first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'PodRenamed'])
    assert.deepEqual((await pkg.status('b')).resourceRefs, [])
  },
}
