import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { startController } from '../../harness/servers/controller-process.ts'
import { nextSecond } from '../../harness/servers/eventually.ts'
import { startLaggingApiServer } from '../../harness/servers/lagging-api-server.ts'
import { startStage } from '../../harness/servers/stage.ts'
import {
  applyPods,
  BUILDERS,
  makeReady,
  names,
  podNamesOf,
  publishedSeconds,
  runPods,
  startingBuilders,
} from './builders.ts'
import { startNoisyStage } from './noisy-stage.ts'

const LATENCY_MILLISECONDS = 2000
const LAG_MILLISECONDS = 1000

test('if every answer is two seconds late, all endpoints are finally correct', {
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

test('with two API servers in turn, one a second behind, no endpoint is finally wrong', {
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
    await Promise.all(names().map((name, builder) => rollOver(name, builder)))
    await setTimeout(8000)
    const current = names().flatMap((_, builder) => podNamesOf(builder, versionOf(builder)))
    assert.deepEqual((await pkg.pods()).filter((name) => current.includes(name)).sort(), current.toSorted())
    await publishedSeconds(pkg, 35, versionOf)

    async function rollOver(name: string, builder: number): Promise<void> {
      await applyPods(pkg, builder, 2)
      await pkg.applyBuildkit(name, podNamesOf(builder, 2))
      await runPods(pkg, builder, 2)
      if (versionOf(builder) === 1) await pkg.applyBuildkit(name, podNamesOf(builder))
    }

    /** Every fifth builder comes back to its first Pods. */
    function versionOf(builder: number): number {
      return builder % 5 === 0 ? 1 : 2
    }
  } finally {
    for (const end of ends) await end()
  }
})
