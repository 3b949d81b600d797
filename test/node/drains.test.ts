import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { repeatedly } from '../harness/engines/repeatedly.ts'
import { writeParts } from '../harness/node/builder.ts'
import { type Builds, buildRepeatedly } from '../harness/node/building-client.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { type Gap, watchGap } from '../harness/node/endpoint-gap.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { addNetworkVolumes } from '../harness/node/network-volumes.ts'
import { startWorker, type Worker } from '../harness/node/worker.ts'
import { eventually } from '../harness/servers/eventually.ts'

const CLAIM = { claim: { size: '10Gi', storageClassName: 'network' } }

/** Builders with each number of Pods and each kind of cache. */
const BUILDERS = [1, 2, 3].flatMap((replicas) => [
  { name: `empty-dir-${replicas}`, replicas, template: {} },
  { name: `claim-${replicas}`, replicas, template: { cache: CLAIM } },
])
type Builder = (typeof BUILDERS)[number]

const several = BUILDERS.filter(({ replicas }) => replicas > 1)
const CLIENTS = 3
const BUILD_SECONDS = 10

interface Stage {
  readonly cluster: BuilderCluster
  readonly worker: Worker
  readonly endHealing: () => Promise<void>
}

/** Two nodes with all builders, and an engine that corrects drift: what a drain has ended is created again as soon as its name is free. */
async function startStage(): Promise<Stage> {
  const cluster = await startBuilderCluster(['--handover-grace=3s'])
  const worker = await startWorker(cluster.node)
  const volumes = Array.from({ length: 6 }, (_, at) => `volume-${at}`)
  await addNetworkVolumes(cluster.node, volumes)
  const git = join(cluster.node.folder, 'git')
  for (const { name, replicas, template } of BUILDERS) await writeParts(git, name, { template, buildkit: { replicas } })
  await cluster.apply(git)
  const endHealing = repeatedly(async () => {
    await setTimeout(1000)
    await cluster.apply(git)
  })
  return { cluster, worker, endHealing }
}

/** What clients of one builder saw. */
interface Seen extends Builds {
  readonly builder: Builder
  readonly gap: Gap
}

/** Lets clients build at all builders while something happens, and says what they saw. */
async function whileBuilding(cluster: BuilderCluster, happening: () => Promise<void>): Promise<readonly Seen[]> {
  const started = BUILDERS.map((builder) => ({
    builder,
    gap: watchGap(cluster, builder.name),
    clients: Array.from({ length: CLIENTS }, () => buildRepeatedly(cluster, builder.name, BUILD_SECONDS)),
  }))
  const end = () =>
    Promise.all(
      started.map(async ({ builder, gap, clients }) => {
        const builds = await Promise.all(clients.map((endClient) => endClient()))
        const succeeded = builds.reduce((sum, one) => sum + one.succeeded, 0)
        return { builder, succeeded, cut: builds.flatMap(({ cut }) => cut), gap: await gap() }
      }),
    )
  try {
    await setTimeout(5000)
    await happening()
  } catch (error) {
    await end()
    throw error
  }
  return end()
}

/** As an upgrade does: nothing new, then away with all Pods, in the order and with the patience that PodDisruptionBudgets ask for. */
async function drain({ node }: BuilderCluster, name: string): Promise<void> {
  await node.kubectl(['drain', name, '--force', '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=180s'])
}

async function allReady(cluster: BuilderCluster): Promise<void> {
  for (const { name } of BUILDERS) await cluster.readyEndpoint(name, 90)
}

function report(t: TestContext, seen: readonly Seen[]): void {
  for (const { builder, succeeded, cut, gap } of seen) {
    const why = [...gap.reasons.keys()].join(', ')
    const without = `${gap.seconds.toFixed(1)} s without an endpoint`
    t.diagnostic(`${builder.name}: ${succeeded} builds, ${cut.length} cut, ${without}${why && ` (${why})`}`)
  }
}

const scenarios: Readonly<Record<string, (stage: Stage, t: TestContext) => Promise<void>>> = {
  'replicas are spread over the nodes': async ({ cluster }) => {
    for (const { name, replicas } of several) {
      const nodes = await nodesOf(cluster, name)
      assert.deepEqual([nodes.length, new Set(nodes).size], [replicas, 2], name)
    }
  },

  'one node after the other is drained: builds go on, and with two or more Pods there is always an endpoint': async (
    { cluster },
    t,
  ) => {
    const seen = await whileBuilding(cluster, async () => {
      for (const name of ['n2', 'n1']) {
        const draining = drain(cluster, name)
        await setTimeout(5000)
        t.diagnostic(await cluster.node.kubectl(['get', 'buildkits', '--output', 'wide']))
        await draining
        await cluster.node.kubectl(['uncordon', name])
        await allReady(cluster)
      }
    })
    report(t, seen)
    for (const { builder, cut, gap, succeeded } of seen) {
      assert.deepEqual(cut, [], builder.name)
      assert.ok(succeeded > 0, builder.name)
      assert.equal(gap.seconds > 0, builder.replicas === 1, `${builder.name}: ${gap.seconds} s without an endpoint`)
    }
  },

  'a node is lost: builds on it are cut, and with two or more Pods the endpoint moves to another one': async (
    { cluster, worker },
    t,
  ) => {
    await moveTo(worker.name, cluster)
    const seen = await whileBuilding(cluster, async () => {
      const start = performance.now()
      await worker.crash()
      for (const { name } of several) await eventually(() => isBehind(cluster, name, 'n1'), true)
      t.diagnostic(`the endpoints moved after ${((performance.now() - start) / 1000).toFixed(1)} s`)
      await setTimeout(BUILD_SECONDS * 1000)
      await worker.boot()
      await allReady(cluster)
    })
    report(t, seen)
    for (const { builder, gap, succeeded } of seen) {
      if (builder.replicas > 1) assert.ok(succeeded > 0, builder.name)
      assert.equal(gap.seconds > 0, builder.replicas === 1, `${builder.name}: ${gap.seconds} s without an endpoint`)
    }
  },
}

suite('a builder whose nodes go', { skip: needsNode() }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage()
    await allReady(stage.cluster)
  })
  after(async () => {
    await stage?.endHealing()
    await stage?.worker.stop()
    await stage?.cluster.stop()
  })

  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(stage, t))
})

/** Lets all endpoints be on one node, and the other Pods of each builder on the other one. */
async function moveTo(nodeName: string, cluster: BuilderCluster): Promise<void> {
  const { node } = cluster
  if (!(await areBehind(cluster, nodeName))) {
    await drain(cluster, 'n1')
    await allReady(cluster)
    await node.kubectl(['uncordon', 'n1'])
  }
  for (const { name } of several) {
    const { endpoint, endpoints } = await cluster.status(name)
    const other = endpoints.find(({ address }) => address !== endpoint)
    await node.kubectl(['delete', 'pod', String(other?.podName)])
  }
  await allReady(cluster)
  assert.ok(await areBehind(cluster, nodeName))
}

async function areBehind(cluster: BuilderCluster, nodeName: string): Promise<boolean> {
  const behind = await Promise.all(BUILDERS.map(({ name }) => isBehind(cluster, name, nodeName)))
  return behind.every(Boolean)
}

async function isBehind(cluster: BuilderCluster, name: string, nodeName: string): Promise<boolean> {
  const { endpoint, endpoints } = await cluster.status(name)
  return endpoints.some((one) => one.address === endpoint && one.nodeName === nodeName)
}

async function nodesOf({ node }: BuilderCluster, name: string): Promise<readonly string[]> {
  const selector = `buildkit.seatgeek.io/buildkit=${name}`
  const names = await node.kubectl(['get', 'pods', '-l', selector, '-o', 'jsonpath={.items[*].spec.nodeName}'])
  return names.split(' ').filter(Boolean)
}
