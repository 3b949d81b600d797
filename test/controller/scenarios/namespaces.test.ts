import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { needs } from '../../harness/servers/binaries.ts'
import type { ControllerProcess } from '../../harness/servers/controller-process.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { columns, type Package, podName } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'

const NAMESPACED = join(import.meta.dirname, '../../../config/controller/namespaced')
const [first, second, third] = [1, 2, 3].map((version) => podName('b', version)) as [string, string, string]

const skip = needs('etcd', 'kube-apiserver', 'kubectl')

/** A version of the builder becomes the current one, and its endpoint is published. */
async function roll(pkg: Package, pod: string, ip: string): Promise<void> {
  await nextSecond()
  await pkg.applyPod('b', pod)
  await pkg.applyBuildkit('b', pod)
  await pkg.runPod(pod, ip)
  await eventually(columns(pkg, 'b'), [`tcp://${ip}:1234`, 'True', 'PodReady'], 15)
}

function podsOf(pkg: Package): () => Promise<readonly string[]> {
  return async () => (await pkg.pods()).toSorted()
}

/** Namespaces with a Role of the controller's in each, and nothing that it may do in others. */
async function createNamespaces(stage: Stage, count: number): Promise<readonly Package[]> {
  await stage.controller().stop()
  await stage.cluster.kubectl(['delete', 'clusterrolebinding', 'buildkit-controller'])
  const packages = await Promise.all(Array.from({ length: count }, stage.createPackage))
  for (const pkg of packages) await allow(stage, pkg)
  return packages
}

async function allow({ cluster }: Stage, { namespace }: Package): Promise<void> {
  const { code, stderr } = await cluster.kubectl(['apply', '--namespace', namespace, '-k', NAMESPACED])
  assert.equal(code, 0, stderr)
}

async function refuse({ cluster }: Stage, { namespace }: Package): Promise<void> {
  const { code, stderr } = await cluster.kubectl(['delete', '--namespace', namespace, 'rolebinding', '--all'])
  assert.equal(code, 0, stderr)
}

test('with --namespaces Roles are enough, and other namespaces are not looked at', { skip }, async () => {
  const stage = await startStage([])
  try {
    const [one, two] = (await createNamespaces(stage, 2)) as [Package, Package]
    const other = await stage.createPackage()
    const controller = await stage.startController(`--namespaces=${one.namespace},${two.namespace}`)
    await controller.ready()
    await other.applyPod('b', first)
    await other.applyBuildkit('b', first)
    await other.runPod(first, '10.0.0.1')
    for (const pkg of [one, two]) await roll(pkg, first, '10.0.0.1')
    assert.deepEqual(await other.status('b'), { observedGeneration: -1 })
  } finally {
    await stage.stop()
  }
})

test('a namespace whose permissions are taken away stops itself alone, and goes on when they are back', {
  skip,
}, async () => {
  const stage = await startStage(['--handover-grace=2s', '--deletion-quarantine=1s'])
  try {
    const [served, refused] = (await createNamespaces(stage, 2)) as [Package, Package]
    const namespaces = `--namespaces=${served.namespace},${refused.namespace}`
    const before = await stage.startController(namespaces)
    await before.ready()
    for (const pkg of [served, refused]) await roll(pkg, first, '10.0.0.1')

    await refuse(stage, refused)
    stage.proxy.reset()
    await assertRefused(before, refused)
    await roll(served, second, '10.0.0.2')
    await eventually(podsOf(served), [`(${first})`, second], 20)

    await before.stop()
    const after = await stage.startController(namespaces)
    await after.ready()
    await assertRefused(after, refused)
    await served.finishPod(first)
    await roll(served, third, '10.0.0.3')
    await eventually(podsOf(served), [`(${second})`, third], 20)
    assert.deepEqual(await refused.pods(), [first])

    await refused.runPod(first, '10.0.0.9')
    await allow(stage, refused)
    await eventually(columns(refused, 'b'), ['tcp://10.0.0.9:1234', 'True', 'PodReady'], 45)
    assert.equal(await after.probeText('readyz'), 'ok')

    for (const pkg of [served, refused]) await refuse(stage, pkg)
    stage.proxy.reset()
    await eventually(() => after.probe('readyz'), 503)
  } finally {
    await stage.stop()
  }
})

/** It is ready, and says always what is refused. */
async function assertRefused(controller: ControllerProcess, { namespace }: Package): Promise<void> {
  await eventually(() => controller.metric('buildkit_cache_synced', `namespace="${namespace}"`), 0)
  assert.equal(await controller.metric('buildkit_cache_synced'), 2)
  assert.equal(await controller.probe('readyz'), 200)
  const text = await controller.probeText('readyz')
  assert.match(text, new RegExp(`^\\[-\\]namespace/${namespace} failed: buildkits are refused: .* forbidden`, 'm'))
  assert.match(text, /\nreadyz check passed\n$/)
}
