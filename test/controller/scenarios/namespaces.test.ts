import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { needs } from '../../servers/binaries.ts'
import { eventually } from './eventually.ts'
import { columns, type Package, podName } from './package.ts'
import { startStage } from './stage.ts'

const NAMESPACED = join(import.meta.dirname, '../../../config/controller/namespaced')
const POD = podName('b', 1)

async function startBuilder(pkg: Package): Promise<void> {
  await pkg.applyPod('b', POD)
  await pkg.applyBuildkit('b', POD)
  await pkg.runPod(POD, '10.0.0.1')
}

test('with --namespaces Roles are enough, and other namespaces are not looked at', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async () => {
  const stage = await startStage([])
  try {
    await stage.controller().stop()
    await stage.cluster.kubectl(['delete', 'clusterrolebinding', 'buildkit-controller'])
    const [one, two, other] = [await stage.createPackage(), await stage.createPackage(), await stage.createPackage()]
    for (const { namespace } of [one, two]) {
      const { code, stderr } = await stage.cluster.kubectl(['apply', '--namespace', namespace, '-k', NAMESPACED])
      assert.equal(code, 0, stderr)
    }
    const controller = await stage.startController(`--namespaces=${one.namespace},${two.namespace}`)
    await controller.ready()
    for (const pkg of [one, two, other]) await startBuilder(pkg)
    for (const pkg of [one, two]) await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    assert.deepEqual(await other.status('b'), { observedGeneration: -1 })
  } finally {
    await stage.stop()
  }
})
