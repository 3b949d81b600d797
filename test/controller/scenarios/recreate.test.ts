import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { binary, needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, byName, columns, type Package, podName } from '../../harness/servers/package.ts'
import { runProgram } from '../../harness/servers/run-program.ts'
import { type Scenarios, type Stage, startStage } from '../../harness/servers/stage.ts'

const [first, second] = [podName('b', 1), podName('b', 2)]
const RECREATE = { 'buildkit.seatgeek.io/handover': 'Recreate' }
const SERVES = ['tcp://10.0.0.1:1234', 'True', 'PodReady']
const WAITS = [undefined, 'False', 'WaitingForHandover']

/** A package with one builder, its first Pod ready at 10.0.0.1. */
async function builder(stage: Stage): Promise<Package> {
  const pkg = await stage.createPackage()
  await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
  await nextSecond()
  return pkg
}

/** Rolls it to a Pod that can only follow, for which the scheduler has no room until then. */
async function roll(pkg: Package): Promise<void> {
  await pkg.applyPod('b', second, RECREATE)
  await pkg.patchPodStatus(second, { conditions: [unschedulable()] })
  await pkg.applyBuildkit('b', second)
}

function unschedulable() {
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const message = '0/3 nodes are available: 3 node(s) had no free volume.'
  return { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime }
}

/** The condition of a type. */
function condition(pkg: Package, type: string) {
  return async () => (await pkg.status('b')).conditions.find((each: { type: string }) => each.type === type)
}

const handedOver = [`(${first})`, second].sort(byName)

/** How often the status was written. */
async function writesOf({ cluster }: Stage, { namespace }: Package): Promise<number> {
  const events = await cluster.auditEvents()
  return events.filter(({ verb, objectRef }) => {
    const isStatus = objectRef?.resource === 'buildkits' && objectRef.subresource === 'status'
    return verb === 'patch' && isStatus && objectRef.namespace === namespace
  }).length
}

const scenarios: Scenarios = {
  'deletes the old Pod as soon as the new one exists, and waits for its end': async (stage) => {
    const pkg = await builder(stage)
    const earlier = await writesOf(stage, pkg)
    await roll(pkg)
    await eventually(pkg.pods, handedOver, 5)
    await eventually(columns(pkg, 'b'), WAITS, 5)
    const { body } = await stage.cluster.request('GET', `/api/v1/namespaces/${pkg.namespace}/pods/${first}`)
    const deadline = body.metadata.deletionTimestamp
    const message = `Pod "${second}" waits for Pod "${first}" to end, by ${deadline} at the latest`
    await eventually(async () => (await condition(pkg, 'Ready')()).message, message)
    const { stdout } = await runProgram(binary('kstatus'), [], { input: JSON.stringify(await pkg.buildkit('b')) })
    assert.equal(JSON.parse(stdout).status, 'InProgress')
    await pkg.finishPod(first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'Unschedulable'], 15)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'], 5)
    assert.deepEqual(await pkg.pods(), [second])
    const writes = (await writesOf(stage, pkg)) - earlier
    assert.ok(writes <= 4, `must be at most 4 writes, got ${writes}`)
  },

  'deletes nothing while the new Pod does not exist': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyBuildkit('b', second)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'False', 'PodMissing'], 15)
    assert.deepEqual(await pkg.pods(), [first])
    await pkg.applyPod('b', second, RECREATE)
    await eventually(pkg.pods, handedOver, 15)
  },

  'deletes nothing while Git does not name the new Pod': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyPod('b', second, RECREATE)
    await setTimeout(4000)
    assert.deepEqual(await pkg.pods(), [first, second].sort())
    assert.deepEqual(await columns(pkg, 'b')(), SERVES)
    await pkg.applyBuildkit('b', second)
    await eventually(pkg.pods, handedOver, 5)
  },

  'deletes nothing while the new Pod is being deleted': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyPod('b', second, RECREATE)
    await pkg.deletePod(second)
    await pkg.applyBuildkit('b', second)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'False', 'WaitingForTermination'])
    await setTimeout(4000)
    assert.deepEqual(await pkg.pods(), [first, `(${second})`].sort(byName))
    await pkg.finishPod(second)
    await pkg.applyPod('b', second, RECREATE)
    await eventually(pkg.pods, handedOver, 15)
  },

  'deletes nothing for a Pod that has ended': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyPod('b', second, RECREATE)
    await pkg.patchPodStatus(second, { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource.' })
    await pkg.applyBuildkit('b', second)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'False', 'Evicted'])
    await setTimeout(4000)
    assert.deepEqual(await pkg.pods(), [first, second].sort())
  },

  'goes back on a rollback, when the Pod that drains is gone': async (stage) => {
    const pkg = await builder(stage)
    await roll(pkg)
    await eventually(pkg.pods, handedOver, 5)
    await nextSecond()
    await pkg.applyBuildkit('b', first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'WaitingForTermination'])
    await pkg.finishPod(first)
    await pkg.applyPod('b', first, RECREATE)
    await eventually(pkg.pods, [first, `(${second})`].sort(byName), 15)
    await eventually(columns(pkg, 'b'), WAITS, 15)
    await pkg.finishPod(second)
    await pkg.runPod(first, '10.0.0.3')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.3:1234', 'True', 'PodReady'], 15)
  },

  'says how long it has waited, in steps that double': async (stage) => {
    const pkg = await builder(stage)
    const earlier = await writesOf(stage, pkg)
    await roll(pkg)
    await eventually(columns(pkg, 'b'), WAITS, 5)
    const waited = async () => /at least (\d+) seconds/.exec((await condition(pkg, 'Ready')()).message)?.[1]
    for (const seconds of [undefined, '15', '30']) await eventually(waited, seconds, 25)
    const writes = (await writesOf(stage, pkg)) - earlier
    assert.ok(writes <= 4, `must be at most 4 writes in half a minute, got ${writes}`)
  },

  'keeps the endpoint if admission refuses the deletion': async (stage) => {
    const pkg = await builder(stage)
    await stage.refuseDeletions(pkg.namespace)
    await roll(pkg)
    await eventually(async () => (await condition(pkg, 'DeletionRefused')())?.reason, 'AdmissionRefused')
    assert.deepEqual(await columns(pkg, 'b')(), ['tcp://10.0.0.1:1234', 'False', 'WaitingForHandover'])
    assert.deepEqual(await pkg.pods(), [first, second].sort())
  },

  'stalls when the old Pod exists a minute after its grace period': async (stage) => {
    const pkg = await builder(stage)
    await roll(pkg)
    await eventually(pkg.pods, handedOver, 5)
    const path = `/api/v1/namespaces/${pkg.namespace}/pods/${first}`
    await stage.cluster.request('DELETE', path, { gracePeriodSeconds: 1 })
    await eventually(async () => (await condition(pkg, 'Stalled')())?.reason, 'WaitingForHandover', 75)
    assert.match(
      (await condition(pkg, 'Stalled')()).message,
      /, which was due by .*; check its node and its finalizers/,
    )
    await pkg.finishPod(first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'Unschedulable'], 15)
    await eventually(condition(pkg, 'Stalled'), undefined)
  },
}

suite('handover to a Pod that can only follow', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kstatus'),
  concurrency: true,
}, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage(['--handover-grace=2s'], { audit: true })
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
})
