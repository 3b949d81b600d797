import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { startController } from '../../harness/servers/controller-process.ts'
import { eventually, nextSecond } from '../../harness/servers/eventually.ts'
import { startLaggingApiServer } from '../../harness/servers/lagging-api-server.ts'
import { columns, podName } from '../../harness/servers/package.ts'
import { startStage } from '../../harness/servers/stage.ts'
import { BUILDERS, makeReady, names, publishedSeconds, startingBuilders } from './builders.ts'
import { startNoisyStage } from './noisy-stage.ts'

const LATENCY_MILLISECONDS = 2000
const LAG_MILLISECONDS = 1000

test('every answer comes two seconds late, and all endpoints are right in the end', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async (t) => {
  const stage = await startNoisyStage([])
  try {
    const pkg = await startingBuilders(stage)
    stage.proxy.inject(() => ({ until: setTimeout(LATENCY_MILLISECONDS) }))
    await makeReady(pkg)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 60)).toFixed(1)} s after they were ready`)
    const start = performance.now()
    const controller = stage.controller()
    controller.signal('SIGTERM')
    assert.equal(await controller.ended, 0)
    const seconds = (performance.now() - start) / 1000
    t.diagnostic(`ended ${seconds.toFixed(1)} s after SIGTERM`)
    assert.ok(seconds < 15)
  } finally {
    await stage.stop()
  }
})

test('of two API servers that take turns one learns everything a second late, and no endpoint is wrong in the end', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async (t) => {
  const stage = await startStage(['--handover-grace=3s'])
  const ends = [stage.stop]
  try {
    await stage.controller().stop()
    const lagging = await startLaggingApiServer(stage.cluster, LAG_MILLISECONDS)
    ends.unshift(lagging.stop)
    const kubeconfig = await stage.cluster.kubeconfigFor('controller', lagging.url)
    const controller = await startController([`--kubeconfig=${kubeconfig}`, '--handover-grace=3s'])
    ends.unshift(controller.stop)
    await controller.ready()
    const pkg = await startingBuilders(stage)
    await makeReady(pkg)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after they were ready`)
    await nextSecond()
    await Promise.all(names().map((name, index) => rollOver(name, index)))
    await setTimeout(8000)
    const current = names().map((name, index) => (index % 5 === 0 ? podName(name, 1) : podName(name, 2)))
    assert.deepEqual((await pkg.pods()).filter((name) => current.includes(name)).sort(), [...current].sort())
    for (const [index, name] of names().entries()) {
      const ip = index % 5 === 0 ? `10.0.1.${index}` : `10.0.2.${index}`
      await eventually(columns(pkg, name), [`tcp://${ip}:1234`, 'True', 'PodReady'])
    }

    /** Every fifth builder comes back to its first Pod. */
    async function rollOver(name: string, index: number): Promise<void> {
      await pkg.applyPod(name, podName(name, 2))
      await pkg.applyBuildkit(name, podName(name, 2))
      await pkg.runPod(podName(name, 2), `10.0.2.${index}`)
      if (index % 5 === 0) await pkg.applyBuildkit(name, podName(name, 1))
    }
  } finally {
    for (const end of ends) await end()
  }
})
