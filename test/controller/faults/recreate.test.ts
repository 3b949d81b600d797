import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { type NoisyStage, startNoisyStage } from './noisy-stage.ts'
import { REPLICAS } from './recreate-replicas.ts'
import {
  addresses,
  allShow,
  builders,
  deletedIn,
  FIRST_ADDRESSES,
  FIRSTS,
  HANDED_OVER,
  HANDOVERS,
  handedOver,
  hold,
  holdAtEnd,
  isDeletion,
  podsLeft,
  roll,
  runSeconds,
  waiting,
} from './recreating.ts'

type Scenario = (stage: NoisyStage, t: TestContext) => Promise<void>

async function secondsUntil(reached: Promise<void>): Promise<string> {
  const start = performance.now()
  await reached
  return ((performance.now() - start) / 1000).toFixed(1)
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'the controller is killed between the deletion and the status': async (stage, t) => {
    const pkg = await builders(stage)
    const deleted = new Set<string>()
    stage.proxy.inject(({ method, path }) => {
      for (const { buildkit, first } of HANDOVERS) {
        if (method === 'DELETE' && path.endsWith(first)) deleted.add(buildkit)
        if (method === 'PATCH' && path.includes(`/buildkits/${buildkit}/`) && deleted.has(buildkit)) return 'silence'
      }
      return undefined
    })
    await roll(pkg)
    await eventually(pkg.pods, HANDED_OVER)
    await stage.controller().stop()
    stage.proxy.inject(() => undefined)
    assert.deepEqual(await addresses(pkg), FIRST_ADDRESSES)
    await stage.startController()
    t.diagnostic(`the endpoints were cleared ${await secondsUntil(allShow(pkg, waiting))} s after its start`)
    await holdAtEnd(stage, pkg)
  },

  'the controller is killed between the status and the deletion': async (stage, t) => {
    const pkg = await builders(stage)
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
    const pkg = await builders(stage)
    await stage.controller().stop()
    await roll(pkg)
    await setTimeout(2000)
    assert.deepEqual(
      await pkg.pods(),
      podsLeft(({ first, second }) => [first, second]),
    )
    assert.deepEqual(await addresses(pkg), FIRST_ADDRESSES)
    await stage.startController()
    t.diagnostic(`the old Pods were deleted ${await secondsUntil(eventually(pkg.pods, HANDED_OVER))} s after its start`)
    await holdAtEnd(stage, pkg)
  },

  'the API server is killed for ten seconds right after the deletion': async (stage, t) => {
    const pkg = await builders(stage)
    await roll(pkg)
    await eventually(pkg.pods, HANDED_OVER)
    await stage.cluster.killApiServer()
    await setTimeout(10_000)
    await stage.cluster.startApiServer()
    t.diagnostic(`correct ${await secondsUntil(allShow(pkg, waiting))} s after it is back`)
    await holdAtEnd(stage, pkg)
  },

  'the controller is cut off while the old Pod ends and the new one starts': async (stage, t) => {
    const pkg = await builders(stage)
    await roll(pkg)
    await allShow(pkg, waiting)
    stage.proxy.refuse()
    stage.proxy.reset()
    for (const name of FIRSTS) await pkg.finishPod(name)
    await runSeconds(pkg)
    await setTimeout(10_000)
    stage.proxy.accept()
    t.diagnostic(`the new endpoints are published ${await secondsUntil(allShow(pkg, handedOver))} s later`)
    assert.deepEqual(
      await pkg.pods(),
      podsLeft(({ second }) => [second]),
    )
    assert.deepEqual((await deletedIn(stage, pkg)).toSorted(), FIRSTS)
  },

  'deletions are answered with 500, 503 and 429 for five seconds': async (stage, t) => {
    const pkg = await builders(stage)
    const answers = [500, 503, 429]
    let count = 0
    stage.proxy.inject((request) => {
      if (!isDeletion(pkg)(request)) return undefined
      return { status: answers[count++ % answers.length] ?? 500, body: 'later', headers: { 'retry-after': '1' } }
    })
    await roll(pkg)
    await setTimeout(5000)
    assert.deepEqual(await addresses(pkg), FIRST_ADDRESSES)
    stage.proxy.inject(() => undefined)
    t.diagnostic(
      `the old Pods were deleted ${await secondsUntil(eventually(pkg.pods, HANDED_OVER))} s after ${count} tries`,
    )
    await holdAtEnd(stage, pkg)
  },

  'somebody else changes the Buildkit a hundred times': async (stage) => {
    const pkg = await builders(stage)
    const changing = pkg.labelBuildkits(
      HANDOVERS.map(({ buildkit }) => buildkit),
      200,
    )
    await roll(pkg)
    await changing
    await holdAtEnd(stage, pkg)
  },

  'every connection is reset, ten times a second': async (stage) => {
    const pkg = await builders(stage)
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
