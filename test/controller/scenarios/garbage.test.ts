import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { API_VERSION, SUSPEND_LABEL } from '../../../crds/names.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, byName, columns, type Package, podName } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'

const [first, second] = [podName('b', 1), podName('b', 2)]
const ENGINE = { 'buildkit.seatgeek.io/retirement': 'engine' }

/** A package with one builder, its first Pod ready at 10.0.0.1. */
async function builder(stage: Stage, annotations: Readonly<Record<string, string>> = {}): Promise<Package> {
  const pkg = await stage.createPackage()
  await pkg.applyPod('b', first, annotations)
  await pkg.applyBuildkit('b', first)
  await pkg.runPod(first, '10.0.0.1')
  await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
  await nextSecond()
  return pkg
}

const failed = (ago: number, reason?: string) => {
  const finishedAt = new Date(Date.now() - ago * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  const terminated = { exitCode: 1, reason: 'Error', startedAt: finishedAt, finishedAt }
  const container = { name: 'buildkit', image: 'buildkit', imageID: '', restartCount: 0, ready: false }
  return {
    phase: 'Failed',
    ...(reason && { reason, message: 'The node was low on resource: memory.' }),
    containerStatuses: [{ ...container, state: { terminated } }],
  }
}

const scenarios: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a superseded Pod stays while its successor is not ready': async (stage) => {
    const pkg = await builder(stage)
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'False', 'PodStarting'])
    await setTimeout(5000)
    await eventually(pkg.pods, [first, second].sort())
  },

  'a superseded Pod is left to the engine if its annotation requires that': async (stage) => {
    const pkg = await builder(stage, ENGINE)
    await bringUp(pkg, { buildkit: 'b', pod: second, ip: '10.0.0.2' })
    await setTimeout(5000)
    await eventually(pkg.pods, [first, second].sort())
  },

  'a failed Pod is deleted after ten seconds, and is counted': async (stage) => {
    const pkg = await builder(stage)
    await pkg.patchPodStatus(first, failed(8))
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'PodFailed'])
    await eventually(async () => (await pkg.status('b')).failures?.[0]?.count, 1)
    await eventually(pkg.pods, [])
    await eventually(async () => (await pkg.status('b')).failures?.[0]?.count, 1)
  },

  'an evicted Pod is deleted too, and is not counted': async (stage) => {
    const pkg = await builder(stage)
    await pkg.patchPodStatus(first, failed(8, 'Evicted'))
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'Evicted'])
    await eventually(pkg.pods, [])
    await eventually(async () => (await pkg.status('b')).failures, undefined)
  },

  'a Pod that fails for the fifth time stalls its Buildkit': async (stage) => {
    const pkg = await builder(stage)
    await pkg.patchPodStatus(first, failed(0))
    await eventually(pkg.pods, [])
    await pkg.applyPod('b', first)
    // What else has happened before stands in the status: two and a half minutes of backoff.
    const [counted] = (await pkg.status('b')).failures
    const path = `/apis/${API_VERSION}/namespaces/${pkg.namespace}/buildkits/b/status`
    await stage.cluster.request('PATCH', path, { status: { failures: [{ ...counted, count: counted.count + 3 }] } })
    await pkg.patchPodStatus(first, failed(0))
    const stalled = async () =>
      (await pkg.status('b')).conditions.find(({ type }: { type: string }) => type === 'Stalled')?.reason
    await eventually(stalled, 'KeepsFailing')
    await eventually(pkg.pods, [first])
  },

  'the Pods of a deleted Buildkit are deleted after two live requests': async (stage) => {
    const pkg = await builder(stage)
    await pkg.deleteBuildkit('b')
    await setTimeout(25_000)
    await eventually(pkg.pods, [first])
    await eventually(pkg.pods, [`(${first})`])
  },

  'the Pods of a deleted Buildkit stay if the engine removes them': async (stage) => {
    const pkg = await builder(stage, ENGINE)
    await pkg.deleteBuildkit('b')
    await setTimeout(40_000)
    await eventually(pkg.pods, [first])
  },

  'a suspended Buildkit keeps its superseded Pods until its label is removed': async (stage) => {
    const pkg = await builder(stage)
    await pkg.setLabels('b', { [SUSPEND_LABEL]: 'true' })
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
    const suspended = async () =>
      (await pkg.status('b')).conditions.find(({ type }: { type: string }) => type === 'Suspended')?.status
    await eventually(suspended, 'True')
    await setTimeout(5000)
    await eventually(pkg.pods, [first, second].sort())
    await pkg.setLabels('b', { [SUSPEND_LABEL]: null })
    await eventually(pkg.pods, [`(${first})`, second].sort(byName))
    await eventually(suspended, undefined)
  },

  'the Pods of a Buildkit that is deleted while it is suspended are deleted like any others': async (stage) => {
    const pkg = await builder(stage)
    await pkg.setLabels('b', { [SUSPEND_LABEL]: 'true' })
    await pkg.deleteBuildkit('b')
    await eventually(pkg.pods, [`(${first})`], 60)
  },

  'a Pod whose Buildkit was never seen is deleted after the orphan grace': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyPod('b', first)
    await setTimeout(25_000)
    await eventually(pkg.pods, [first])
    await eventually(pkg.pods, [`(${first})`])
  },

  'a Pod that was renamed after rendering is never deleted': async (stage) => {
    const pkg = await stage.createPackage()
    await pkg.applyPod('b', `x-${first}`)
    await setTimeout(42_000)
    await eventually(pkg.pods, [`x-${first}`])
  },

  'a deletion that admission refuses becomes a condition, and no loop': async (stage) => {
    const pkg = await builder(stage)
    await stage.refuseDeletions(pkg.namespace)
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    const refused = async () =>
      (await pkg.status('b')).conditions.find(({ type }: { type: string }) => type === 'DeletionRefused')?.reason
    await eventually(refused, 'AdmissionRefused')
    const { resourceVersion } = (await pkg.buildkit('b')).metadata
    await setTimeout(5000)
    await eventually(async () => (await pkg.buildkit('b')).metadata.resourceVersion, resourceVersion)
    await eventually(pkg.pods, [first, second].sort())
  },
}

suite('garbage', { skip: needs('etcd', 'kube-apiserver'), concurrency: true }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage(['--handover-grace=2s', '--deletion-quarantine=1s', '--orphan-grace=1s'])
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
})
