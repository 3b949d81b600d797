import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import type { Package } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { createBuilders, sizedBuilders } from './builders.ts'
import { startNoisyTenant } from './noisy-tenant.ts'
import { move, serves } from './sized.ts'

const BUILDERS = 5
const ROUNDS = 12
/** Far more than it takes, on a machine with two cores that has other work as well. */
const LATEST_SECONDS = 5

/** Builders whose Pods are not ready yet. */
async function createQuiet({ createPackage }: Stage): Promise<Package> {
  const pkg = await createPackage()
  await createBuilders(pkg, BUILDERS)
  return pkg
}

/** Moves all Pods of a quiet namespace once a round; sorted milliseconds until the endpoints of a builder had followed. */
async function latencies(pkg: Package, network: number): Promise<readonly number[]> {
  const milliseconds: number[] = []
  for (let round = 0; round < ROUNDS; round++)
    for (const sized of sizedBuilders(BUILDERS)) {
      const version = network + round
      await move(pkg, sized, version)
      const start = performance.now()
      await serves(pkg, sized, { version, seconds: LATEST_SECONDS })
      milliseconds.push(performance.now() - start)
    }
  return milliseconds.toSorted((a, b) => a - b)
}

function told(milliseconds: readonly number[]): string {
  const [middle, most] = [0.5, 0.99].map((share) => milliseconds[Math.floor(milliseconds.length * share)] ?? 0)
  return `p50 ${middle?.toFixed(0)} ms, p99 ${most?.toFixed(0)} ms`
}

const scenarios: Readonly<Record<string, (stage: Stage, t: TestContext) => Promise<void>>> = {
  'that makes as many changes as the API server accepts': async (stage, t) => {
    const pkg = await createQuiet(stage)
    t.diagnostic(`without noise: ${told(await latencies(pkg, 100))}`)
    const noise = await startNoisyTenant(stage.cluster, { changesPerSecond: 1000, writers: 8 })
    await setTimeout(2000)
    const [start, known] = [performance.now(), noise.changes()]
    const milliseconds = await latencies(pkg, 200)
    const perSecond = (noise.changes() - known) / ((performance.now() - start) / 1000)
    assert.ok((await noise.stop()) > known)
    t.diagnostic(`beside ${perSecond.toFixed(0)} changes a second: ${told(milliseconds)}`)
  },

  'whose requests get no answer': async (stage, t) => {
    const pkg = await createQuiet(stage)
    const noise = await startNoisyTenant(stage.cluster)
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    let hanging = 0
    stage.proxy.inject(({ path }) => {
      if (!path.includes(`/namespaces/${noise.namespace}/`)) return undefined
      hanging += 1
      return { until: answered }
    })
    await eventually(async () => hanging >= 8, true)
    const milliseconds = await latencies(pkg, 100)
    t.diagnostic(`beside ${hanging} requests that hang: ${told(milliseconds)}`)
    stage.proxy.inject(() => undefined)
    answer()
    await noise.stop()
  },
}

suite('no endpoint waits for a tenant', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage([])
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(stage, t))
})
