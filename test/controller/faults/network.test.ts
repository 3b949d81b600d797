import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { BUILDERS, makeReady, names, podNamesOf, publishedSeconds, SEVERAL, startingBuilders } from './builders.ts'
import { type NoisyStage, startNoisyStage } from './noisy-stage.ts'

const scenarios: Readonly<Record<string, (stage: NoisyStage, t: TestContext) => Promise<void>>> = {
  'resets every connection in the middle of an answer': async (stage, t) => {
    const pkg = await startingBuilders(stage)
    const resetting = setInterval(stage.proxy.reset, 100)
    await makeReady(pkg)
    await setTimeout(2000)
    clearInterval(resetting)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after the last reset`)
    assert.ok((await stage.controller().metric('buildkit_watch_restarts_total')) > 2)
  },

  'is cut off for ten seconds': async (stage, t) => {
    const pkg = await startingBuilders(stage)
    stage.proxy.refuse()
    stage.proxy.reset()
    await makeReady(pkg)
    await setTimeout(10_000)
    stage.proxy.accept()
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after it came back`)
  },

  'is cut off while etcd is compacted and the API server restarts': async (stage, t) => {
    const pkg = await startingBuilders(stage)
    stage.proxy.refuse()
    stage.proxy.reset()
    for (const name of podNamesOf(SEVERAL).slice(1)) {
      await pkg.deletePod(name)
      await pkg.finishPod(name)
    }
    await pkg.applyReplica(`b${SEVERAL}`, podNamesOf(SEVERAL)[1] as string, { index: 1 })
    await pkg.applyReplica(`b${SEVERAL}`, podNamesOf(SEVERAL)[2] as string, { index: 2 })
    await stage.compactEtcd()
    await stage.cluster.killApiServer()
    await stage.cluster.startApiServer()
    await makeReady(pkg)
    stage.proxy.accept()
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after it came back`)
    assert.ok((await stage.controller().metric('buildkit_list_total', 'unreachable')) > 0)
  },

  'loses the API server to a crash of fifteen seconds': async (stage, t) => {
    const pkg = await startingBuilders(stage)
    await stage.cluster.killApiServer()
    await setTimeout(15_000)
    await stage.cluster.startApiServer()
    await makeReady(pkg)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after they were ready`)
  },

  'gives the answers of an overloaded API server': async (stage, t) => {
    const pkg = await startingBuilders(stage)
    const answers = [429, 503, 504, 500]
    let count = 0
    stage.proxy.inject(() => {
      const status = answers[count++ % answers.length] ?? 500
      return { status, body: 'later', headers: { 'retry-after': '1' } }
    })
    stage.proxy.reset()
    await makeReady(pkg)
    await setTimeout(5000)
    stage.proxy.inject(() => undefined)
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after the last of ${count}`)
  },

  'works, but etcd does not answer for five seconds': async (stage, t) => {
    const pkg = await startingBuilders(stage)
    const ready = makeReady(pkg)
    stage.cluster.pauseEtcd('SIGSTOP')
    await setTimeout(5000)
    stage.cluster.pauseEtcd('SIGCONT')
    await ready
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after it came back`)
  },

  'works, but somebody else changes each Buildkit all the time': async (stage, t) => {
    const pkg = await startingBuilders(stage)
    const changing = pkg.labelBuildkits(names(), 200)
    await makeReady(pkg)
    await changing
    t.diagnostic(`${BUILDERS} endpoints ${(await publishedSeconds(pkg, 35)).toFixed(1)} s after 200 changes`)
    const conflicts = await stage.controller().metric('buildkit_status_patches_total', 'conflict')
    t.diagnostic(`${conflicts} writes were refused, for they spoke of an older Buildkit`)
    const labels = await Promise.all(names().map(async (name) => (await pkg.buildkit(name)).metadata.labels))
    assert.deepEqual(new Set(labels.map(({ round }) => round)), new Set(['9']))
  },

  'leaves no connection behind': async (stage, t) => {
    const controller = stage.controller()
    t.diagnostic(`another tenant made ${await stage.noise.stop()} changes meanwhile`)
    await eventually(async () => controller.openSockets() <= 2 + 4 + 4, true, 30)
    t.diagnostic(`${controller.openSockets()} sockets, ${controller.megabytes().toFixed(0)} MB`)
    assert.equal(await controller.probe('livez'), 200)
  },
}

suite('the network between controller and API server', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let stage: NoisyStage
  before(async () => {
    stage = await startNoisyStage([])
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(stage, t))
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
