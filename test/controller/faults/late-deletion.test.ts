import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { needs } from '../../harness/servers/binaries.ts'
import type { ControllerProcess } from '../../harness/servers/controller-process.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { bringUp, columns, podName } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { LEASE_ARGS, leads, takeOver } from './leads.ts'

suite('a deletion that is on its way while its leader is stopped', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, () => {
  let stage: Stage
  let standby: ControllerProcess
  before(async () => {
    stage = await startStage([...LEASE_ARGS, '--handover-grace=3s'])
    await eventually(() => leads(stage.controller()), 1)
  })
  after(() => stage?.stop())

  test('takes a Pod to which Git has rolled back meanwhile, and the endpoint leaves that Pod at once', async (t) => {
    const leader = stage.controller()
    standby = await stage.startController(`--kubeconfig=${await stage.cluster.kubeconfigFor('admin')}`)
    await standby.ready()
    const pkg = await stage.createPackage()
    const [first, second] = [podName('b', 1), podName('b', 2)]
    const arrival = Promise.withResolvers<void>()
    let held = 0
    stage.proxy.inject(({ method }) => {
      if (method !== 'DELETE') return undefined
      held += 1
      return { until: arrival.promise }
    })
    await bringUp(pkg, { buildkit: 'b', pod: first, ip: '10.0.0.1' })
    await nextSecond()
    await pkg.applyPod('b', second)
    await pkg.applyBuildkit('b', second)
    await pkg.runPod(second, '10.0.0.2')
    await eventually(async () => held, 1)
    leader.signal('SIGSTOP')
    await pkg.applyBuildkit('b', first)
    await takeOver(standby)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
    assert.deepEqual(await pkg.pods(), [first, second])
    const start = performance.now()
    arrival.resolve()
    const endpoint = async () => (await pkg.status('b')).endpoint
    await eventually(endpoint, 'tcp://10.0.0.2:1234', 5)
    t.diagnostic(`the endpoint left it ${Math.round(performance.now() - start)} ms after the deletion was let through`)
    assert.deepEqual(await pkg.pods(), [`(${first})`, second])
    leader.signal('SIGCONT')
  })
})
