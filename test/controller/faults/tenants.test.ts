import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { columns, type Package, podName } from '../../harness/servers/package.ts'
import { type Stage, startStage } from '../../harness/servers/stage.ts'
import { startNoisyTenant } from './noisy-tenant.ts'

const BUILDERS = 5
const ROUNDS = 12
/** Far more than it takes, on a machine with two cores that has other work as well. */
const LATEST_SECONDS = 5

const nameOf = (at: number) => `quiet-${at}`
const podOf = (at: number) => podName(nameOf(at), 1)

/** Builders whose Pods are not ready yet. */
async function createQuiet({ createPackage }: Stage): Promise<Package> {
  const pkg = await createPackage()
  for (let at = 0; at < BUILDERS; at++) {
    await pkg.applyPod(nameOf(at), podOf(at))
    await pkg.applyBuildkit(nameOf(at), podOf(at))
  }
  return pkg
}

/** Moves each Pod of a quiet namespace once a round; sorted milliseconds until the endpoint had followed. */
async function latencies(pkg: Package, network: string): Promise<readonly number[]> {
  const milliseconds: number[] = []
  for (let round = 0; round < ROUNDS; round++)
    for (let at = 0; at < BUILDERS; at++) {
      const ip = `${network}.${round}.${at}`
      await pkg.runPod(podOf(at), ip)
      const start = performance.now()
      await eventually(columns(pkg, nameOf(at)), [`tcp://${ip}:1234`, 'True', 'PodReady'], LATEST_SECONDS)
      milliseconds.push(performance.now() - start)
    }
  return milliseconds.toSorted((a, b) => a - b)
}

function told(milliseconds: readonly number[]): string {
  const [middle, most] = [0.5, 0.99].map((share) => milliseconds[Math.floor(milliseconds.length * share)] ?? 0)
  return `p50 ${middle?.toFixed(0)} ms, p99 ${most?.toFixed(0)} ms`
}

const scenarios: Readonly<Record<string, (stage: Stage, t: TestContext) => Promise<void>>> = {
  'that makes all the changes that the API server can take': async (stage, t) => {
    const pkg = await createQuiet(stage)
    t.diagnostic(`without noise: ${told(await latencies(pkg, '10.1'))}`)
    const noise = await startNoisyTenant(stage.cluster, { changesPerSecond: 1000, writers: 8 })
    await setTimeout(2000)
    const [start, known] = [performance.now(), noise.changes()]
    const milliseconds = await latencies(pkg, '10.2')
    const perSecond = (noise.changes() - known) / ((performance.now() - start) / 1000)
    assert.ok((await noise.stop()) > known)
    t.diagnostic(`beside ${perSecond.toFixed(0)} changes a second: ${told(milliseconds)}`)
  },

  'whose requests are not answered': async (stage, t) => {
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
    const milliseconds = await latencies(pkg, '10.3')
    t.diagnostic(`beside ${hanging} requests that hang: ${told(milliseconds)}`)
    stage.proxy.inject(() => undefined)
    answer()
    await noise.stop()
  },
}

suite('no endpoint waits for another tenant', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage([])
  })
  after(() => stage.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(stage, t))
})
