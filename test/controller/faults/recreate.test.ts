import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { columns } from '../../harness/servers/package.ts'
import { type NoisyStage, startNoisyStage } from './noisy-stage.ts'
import { REPLICAS } from './recreate-replicas.ts'
import {
  builder,
  deletedIn,
  first,
  HANDED_OVER,
  hold,
  holdAtEnd,
  isDeletion,
  roll,
  second,
  WAITS,
} from './recreating.ts'

type Scenario = (stage: NoisyStage, t: TestContext) => Promise<void>

async function secondsUntil(reached: Promise<void>): Promise<string> {
  const start = performance.now()
  await reached
  return ((performance.now() - start) / 1000).toFixed(1)
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'the controller is killed between the deletion and the status': async (stage, t) => {
    const pkg = await builder(stage)
    let isDeleted = false
    stage.proxy.inject(({ method }) => {
      if (method === 'DELETE') isDeleted = true
      return isDeleted && method === 'PATCH' ? 'silence' : undefined
    })
    await roll(pkg)
    await eventually(pkg.pods, HANDED_OVER)
    await stage.controller().stop()
    stage.proxy.inject(() => undefined)
    assert.equal((await pkg.status('b')).endpoint, 'tcp://10.0.0.1:1234')
    await stage.startController()
    t.diagnostic(
      `the endpoint was cleared ${await secondsUntil(eventually(columns(pkg, 'b'), WAITS))} s after its start`,
    )
    await holdAtEnd(stage, pkg)
  },

  'the controller is killed between the status and the deletion': async (stage, t) => {
    const pkg = await builder(stage)
    const { arrived, release } = hold(stage, isDeletion(pkg))
    await roll(pkg)
    await arrived
    await stage.controller().stop()
    release()
    await setTimeout(1000)
    const drained = await pkg.pods()
    await stage.startController()
    t.diagnostic(`Pods before its start: ${drained.join(' ')}`)
    await holdAtEnd(stage, pkg)
  },

  'the controller is down while Git rolls': async (stage, t) => {
    const pkg = await builder(stage)
    await stage.controller().stop()
    await roll(pkg)
    await setTimeout(2000)
    assert.deepEqual(await pkg.pods(), [first, second].sort())
    assert.equal((await pkg.status('b')).endpoint, 'tcp://10.0.0.1:1234')
    await stage.startController()
    t.diagnostic(`the old Pod was deleted ${await secondsUntil(eventually(pkg.pods, HANDED_OVER))} s after its start`)
    await holdAtEnd(stage, pkg)
  },

  'the API server is killed for ten seconds right after the deletion': async (stage, t) => {
    const pkg = await builder(stage)
    await roll(pkg)
    await eventually(pkg.pods, HANDED_OVER)
    await stage.cluster.killApiServer()
    await setTimeout(10_000)
    await stage.cluster.startApiServer()
    t.diagnostic(`correct ${await secondsUntil(eventually(columns(pkg, 'b'), WAITS))} s after it is back`)
    await holdAtEnd(stage, pkg)
  },

  'the controller is cut off while the old Pod ends and the new one starts': async (stage, t) => {
    const pkg = await builder(stage)
    await roll(pkg)
    await eventually(columns(pkg, 'b'), WAITS)
    stage.proxy.refuse()
    stage.proxy.reset()
    await pkg.finishPod(first)
    await pkg.runPod(second, '10.0.0.2')
    await setTimeout(10_000)
    stage.proxy.accept()
    const published = eventually(columns(pkg, 'b'), ['tcp://10.0.0.2:1234', 'True', 'PodReady'])
    t.diagnostic(`the new endpoint is published ${await secondsUntil(published)} s later`)
    assert.deepEqual([await pkg.pods(), await deletedIn(stage, pkg)], [[second], [first]])
  },

  'deletions are answered with 500, 503 and 429 for five seconds': async (stage, t) => {
    const pkg = await builder(stage)
    const answers = [500, 503, 429]
    let count = 0
    stage.proxy.inject((request) => {
      if (!isDeletion(pkg)(request)) return undefined
      return { status: answers[count++ % answers.length] ?? 500, body: 'later', headers: { 'retry-after': '1' } }
    })
    await roll(pkg)
    await setTimeout(5000)
    assert.equal((await pkg.status('b')).endpoint, 'tcp://10.0.0.1:1234')
    stage.proxy.inject(() => undefined)
    t.diagnostic(
      `the old Pod was deleted ${await secondsUntil(eventually(pkg.pods, HANDED_OVER))} s after ${count} tries`,
    )
    await holdAtEnd(stage, pkg)
  },

  'somebody else changes the Buildkit a hundred times': async (stage) => {
    const pkg = await builder(stage)
    const changing = pkg.labelBuildkits(['b'], 100)
    await roll(pkg)
    await changing
    await holdAtEnd(stage, pkg)
  },

  'every connection is reset, ten times a second': async (stage) => {
    const pkg = await builder(stage)
    const resetting = setInterval(stage.proxy.reset, 100)
    await roll(pkg)
    await setTimeout(3000)
    clearInterval(resetting)
    await holdAtEnd(stage, pkg)
  },
}

suite('a handover to a Pod that can only follow ends well if', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, () => {
  let stage: NoisyStage
  before(async () => {
    stage = await startNoisyStage(['--handover-grace=2s'], { audit: true })
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries({ ...scenarios, ...REPLICAS })) test(name, (t) => scenario(stage, t))
})
