import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { type Package, podName } from '../../harness/servers/package.ts'
import { BUILDERS, badlyWritten, changeAll, names, publishedSeconds, startingBuilders } from './builders.ts'
import { type NoisyStage, startNoisyStage } from './noisy-stage.ts'

/** A network that fails while builders start. */
type Scenario = (stage: NoisyStage, pkg: Package, t: TestContext) => Promise<void>

const scenarios: Readonly<Record<string, Scenario>> = {
  'resets every connection in the middle of an answer': async (stage, pkg, t) => {
    const resetting = setInterval(stage.proxy.reset, 100)
    await changeAll(pkg)
    await setTimeout(2000)
    clearInterval(resetting)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after the last reset`)
    assert.ok((await stage.controller().metric('buildkit_watch_restarts_total')) > 2)
  },

  'is cut off for ten seconds': async (stage, pkg, t) => {
    stage.proxy.refuse()
    stage.proxy.reset()
    await changeAll(pkg)
    await setTimeout(10_000)
    stage.proxy.accept()
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after it came back`)
  },

  'is cut off while etcd is compacted and the API server restarts': async (stage, pkg, t) => {
    stage.proxy.refuse()
    stage.proxy.reset()
    for (const builder of ['b0', 'b5']) {
      await pkg.deletePod(podName(builder, 1))
      await pkg.finishPod(podName(builder, 1))
      await pkg.applyPod(builder, podName(builder, 1))
    }
    await stage.compactEtcd()
    await stage.cluster.killApiServer()
    await stage.cluster.startApiServer()
    await changeAll(pkg)
    stage.proxy.accept()
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after it came back`)
    assert.ok((await stage.controller().metric('buildkit_list_total', 'unreachable')) > 0)
  },

  'loses the API server to a crash of fifteen seconds': async (stage, pkg, t) => {
    await stage.cluster.killApiServer()
    await setTimeout(15_000)
    await stage.cluster.startApiServer()
    await changeAll(pkg)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after they were ready`)
  },

  'gives the answers of an overloaded API server': async (stage, pkg, t) => {
    const answers = [429, 503, 504, 500]
    let count = 0
    stage.proxy.inject(() => {
      const status = answers[count++ % answers.length] ?? 500
      return { status, body: 'later', headers: { 'retry-after': '1' } }
    })
    stage.proxy.reset()
    await changeAll(pkg)
    await setTimeout(5000)
    stage.proxy.inject(() => undefined)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after the last of ${count}`)
  },

  'works, but etcd does not answer for five seconds': async (stage, pkg, t) => {
    const ready = changeAll(pkg)
    stage.cluster.pauseEtcd('SIGSTOP')
    await setTimeout(5000)
    stage.cluster.pauseEtcd('SIGCONT')
    await ready
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after it came back`)
  },

  'works, but somebody else changes each Buildkit all the time': async (stage, pkg, t) => {
    const changing = pkg.labelBuildkits(names(), 200)
    await changeAll(pkg)
    await changing
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after 200 changes`)
    const conflicts = await stage.controller().metric('buildkit_status_patches_total', 'conflict')
    t.diagnostic(`${conflicts} writes were refused, for they spoke of an older Buildkit`)
    const labels = await Promise.all(names().map(async (name) => (await pkg.buildkit(name)).metadata.labels))
    assert.deepEqual(new Set(labels.map(({ round }) => round)), new Set(['9']))
  },
}

suite('the network between controller and API server', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let stage: NoisyStage
  before(async () => {
    stage = await startNoisyStage([], { audit: true })
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios))
    test(name, async (t) => {
      const pkg = await startingBuilders(stage)
      await scenario(stage, pkg, t)
      assert.deepEqual(await badlyWritten(stage, pkg), [])
    })
  test('leaves no connection behind', async (t) => {
    const controller = stage.controller()
    t.diagnostic(`another tenant made ${await stage.noise.stop()} changes meanwhile`)
    await eventually(async () => controller.openSockets() <= 2 + 4 + 4, true, 30)
    t.diagnostic(`${controller.openSockets()} sockets, ${controller.megabytes().toFixed(0)} MB`)
    assert.equal(await controller.probe('livez'), 200)
  })
})

test('a controller that starts before its API server, or before its CRDs, waits for them', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async (t) => {
  const stage = await startNoisyStage([])
  try {
    await stage.controller().stop()
    const definition = await stage.cluster.kubectl(['get', 'crd', 'buildkits.buildkit.seatgeek.io', '-o', 'json'])
    await stage.cluster.kubectl(['delete', 'crd', 'buildkits.buildkit.seatgeek.io'])
    await stage.cluster.killApiServer()
    const controller = await stage.startController()
    await eventually(async () => controller.log.some(({ msg }) => msg === 'could not list or watch'), true)
    assert.equal(await controller.probe('readyz'), 503)
    assert.equal(await controller.probe('livez'), 200)
    await stage.cluster.startApiServer()
    const text = 'the API server does not know this resource; apply the CRDs'
    await eventually(async () => controller.log.some(({ msg }) => msg === text), true, 40)
    assert.equal(await controller.metric('buildkit_cache_synced', 'buildkits'), 0)
    await stage.cluster.kubectl(['create', '-f', '-'], { input: definition.stdout })
    const start = performance.now()
    await controller.ready()
    t.diagnostic(`ready ${((performance.now() - start) / 1000).toFixed(1)} s after the CRDs were there`)
  } finally {
    await stage.stop()
  }
})
