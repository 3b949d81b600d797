import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { binary, needs } from '../../harness/servers/binaries.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { columns, type Package, podName } from '../../harness/servers/package.ts'
import { runProgram } from '../../harness/servers/run-program.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'

const [first, second] = [podName('b', 1), podName('b', 2)]

/** What Flux and kpt make of the Buildkit, and whether kubectl would go on waiting for it. */
async function readBy({ cluster }: Stage, { namespace, buildkit }: Package) {
  const { stdout } = await runProgram(binary('kstatus'), [], { input: JSON.stringify(await buildkit('b')) })
  const wait = (condition: string) =>
    cluster.kubectl(['wait', `--namespace=${namespace}`, 'buildkits/b', `--for=${condition}`, '--timeout=1s'])
  const [ready, endpoint] = await Promise.all([wait('condition=Ready'), wait('jsonpath={.status.endpoint}')])
  return { kstatus: JSON.parse(stdout).status, ready: ready.code === 0, endpoint: endpoint.code === 0 }
}

suite('clients of the status', { skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kstatus') }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage([])
  })
  after(() => stage.stop())

  test('wait for the Pod, then find it current; a change is not current, not even without a controller', async () => {
    const pkg = await stage.createPackage()
    await pkg.applyPod('b', first)
    await pkg.applyBuildkit('b', first)
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'PodStarting'])
    assert.deepEqual(await readBy(stage, pkg), { kstatus: 'InProgress', ready: false, endpoint: false })
    await pkg.runPod(first, '10.0.0.1')
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    assert.deepEqual(await readBy(stage, pkg), { kstatus: 'Current', ready: true, endpoint: true })
    await stage.controller().stop()
    await nextSecond()
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    assert.deepEqual(await readBy(stage, pkg), { kstatus: 'InProgress', ready: false, endpoint: true })
    await stage.startController()
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'False', 'PodStarting'])
    assert.deepEqual(await readBy(stage, pkg), { kstatus: 'InProgress', ready: false, endpoint: true })
  })

  test('learn that only a person can help', async () => {
    const pkg = await stage.createPackage()
    await pkg.applyBuildkit('b')
    await eventually(columns(pkg, 'b'), [undefined, 'False', 'NotRendered'])
    assert.deepEqual(await readBy(stage, pkg), { kstatus: 'Failed', ready: false, endpoint: false })
  })
})
