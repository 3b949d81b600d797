import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { startController } from '../../harness/servers/controller-process.ts'
import { nextSecond } from '../../harness/servers/eventually.ts'
import { startLaggingApiServer } from '../../harness/servers/lagging-api-server.ts'
import { startStage } from '../../harness/servers/stage.ts'
import { BUILDERS, changeAll, publishedSeconds, STRUCK, startingBuilders } from './builders.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { applyNames, podsOf, rollAll, type Sized, serves } from './sized.ts'

const LATENCY_MILLISECONDS = 2000
const LAG_MILLISECONDS = 1000

test('if every answer is two seconds late, all endpoints are finally correct', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async (t) => {
  const stage = await startNoisyStage([])
  try {
    const pkg = await startingBuilders(stage)
    stage.proxy.inject(() => ({ until: setTimeout(LATENCY_MILLISECONDS) }))
    await changeAll(pkg)
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
    await changeAll(pkg)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after they were ready`)
    await nextSecond()
    await Promise.all(STRUCK.map(rollOver))
    await setTimeout(8000)
    const version = (sized: Sized) => (comesBack(sized) ? 1 : 2)
    const current = STRUCK.flatMap((struck) => podsOf(struck, version(struck))).toSorted()
    const left = await pkg.pods()
    assert.deepEqual(
      left.filter((name) => current.includes(name)),
      current,
    )
    for (const struck of STRUCK) await serves(pkg, struck, { version: version(struck) })

    async function rollOver(struck: Sized): Promise<void> {
      await rollAll(pkg, [struck], 2)
      if (comesBack(struck)) await applyNames(pkg, struck, 1)
    }
  } finally {
    for (const end of ends) await end()
  }
})

/** Every third builder comes back to its first Pods, all of which serve. */
function comesBack({ id }: Sized): boolean {
  return id % 6 === 0 || id % 6 === 4
}
