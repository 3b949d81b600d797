import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { build, buildCached, writePackage } from '../harness/node/builder.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { killBuildkitd } from '../harness/node/kill-buildkitd.ts'
import { addLocalVolumes } from '../harness/node/local-volumes.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { eventually } from '../harness/servers/eventually.ts'

/** Caches that two Pods of one node can have at once. */
const CACHES: Readonly<Record<string, (folder: string) => object>> = {
  claim: () => ({ claim: { size: '10Gi', storageClassName: 'local', accessMode: 'ReadWriteOnce' } }),
  hostpath: (folder) => ({ hostPath: { path: join(folder, 'cache') } }),
}

interface PodStatus {
  readonly name: string
  readonly ready: boolean
  readonly endpoint: string
  /** How often containers have started again, the init containers among them. */
  readonly restarts: number
  /** The state of the init container that waits for the cache. */
  readonly waiter: string
}

async function podStatus({ node }: BuilderCluster, name: string): Promise<PodStatus> {
  const { status } = JSON.parse(await node.kubectl(['get', 'pod', name, '-o', 'json']))
  const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
  return {
    name,
    ready: status.containerStatuses?.[0]?.ready === true,
    endpoint: `tcp://${status.podIP}:1234`,
    restarts: statuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
    waiter: Object.keys(status.initContainerStatuses?.[0]?.state ?? {})[0] ?? '',
  }
}

/** Two Pods of one builder, the second of which waits. The controller must not delete the first. */
interface Pair {
  readonly cluster: BuilderCluster
  readonly name: string
  readonly endpoint: string
  readonly first: string
  readonly second: string
}

async function pairOf(cluster: BuilderCluster, name: string, cache: object): Promise<Pair> {
  const lifecycle = { terminationGracePeriodSeconds: 60 }
  await cluster.apply(await writePackage(cluster.node.folder, name, { cache, lifecycle }))
  const endpoint = await cluster.readyEndpoint(name)
  const { code, output } = await buildCached(cluster.node, endpoint)
  assert.equal(code, 0, output)
  const [first = ''] = await cluster.pods(name)
  const next = { cache, lifecycle, observability: { debugLogging: true } }
  await cluster.apply(await writePackage(cluster.node.folder, name, next))
  const second = (await cluster.pods(name)).find((pod) => pod !== first) ?? ''
  await eventually(async () => (await podStatus(cluster, second)).waiter, 'running')
  return { cluster, name, endpoint, first, second }
}

async function secondStarts({ cluster, second }: Pair, t: TestContext): Promise<void> {
  const start = performance.now()
  await eventually(async () => (await podStatus(cluster, second)).ready, true)
  t.diagnostic(
    `the second Pod was ready ${((performance.now() - start) / 1000).toFixed(1)} s after the first one ended`,
  )
}

/** Without a crash, and with the cache. */
async function secondServes({ cluster, name, second }: Pair): Promise<void> {
  assert.equal((await podStatus(cluster, second)).restarts, 0)
  const { code, hit, output } = await buildCached(cluster.node, await cluster.readyEndpoint(name))
  assert.deepEqual([code, hit], [0, true], output)
}

type Scenario = (pair: Pair, t: TestContext) => Promise<void>

const scenarios: Readonly<Record<string, Scenario>> = {
  'the second waits without a crash while the first builds, and starts when that has ended': async (pair, t) => {
    const { cluster, endpoint, first, second } = pair
    const built = await build(cluster.node, endpoint, 5)
    assert.equal(built.code, 0, built.output)
    const { ready, restarts, waiter } = await podStatus(cluster, second)
    assert.deepEqual({ ready, restarts, waiter }, { ready: false, restarts: 0, waiter: 'running' })
    assert.equal((await podStatus(cluster, first)).restarts, 0)
    await cluster.node.kubectl(['delete', 'pod', first])
    await secondStarts(pair, t)
    await secondServes(pair)
  },

  'the first is killed while it is being deleted: the second starts': async (pair, t) => {
    const { cluster, endpoint, first } = pair
    const building = build(cluster.node, endpoint, 40)
    await setTimeout(2000)
    await cluster.node.kubectl(['delete', 'pod', first, '--wait=false'])
    await setTimeout(1000)
    await killBuildkitd(cluster, first)
    await secondStarts(pair, t)
    assert.notEqual((await building).code, 0)
    await secondServes(pair)
  },

  'the first is killed and not deleted: one of the two has the cache, and the other one is started again and again':
    async ({ cluster, first, second }) => {
      await killBuildkitd(cluster, first)
      const both = () => Promise.all([first, second].map((pod) => podStatus(cluster, pod)))
      await eventually(async () => (await both()).map((pod) => pod.ready || pod.restarts > 1).sort(), [true, true], 60)
      const [serving, ...others] = (await both()).filter(({ ready }) => ready)
      assert.ok(serving && others.length === 0)
      const { code, hit, output } = await buildCached(cluster.node, serving.endpoint)
      assert.deepEqual([code, hit], [0, true], output)
    },
}

suite('two Pods of one builder on one node', { skip: needsNode() }, () => {
  let cluster: BuilderCluster
  before(async () => {
    cluster = await startBuilderCluster(['--gc=disabled'])
    const names = [1, 2, 3].map((number) => `volume-${number}`)
    await addLocalVolumes(
      cluster.node,
      names.map((name) => ({ name, accessMode: 'ReadWriteOnce' })),
    )
  })
  after(() => cluster?.stop())

  suite('share', { concurrency: true }, () => {
    for (const [kind, cache] of Object.entries(CACHES))
      for (const [index, [name, scenario]] of Object.entries(scenarios).entries())
        test(`a ${kind}: ${name}`, async (t) =>
          scenario(await pairOf(cluster, `${kind}-${index}`, cache(cluster.node.folder)), t))
  })

  test('two builders of one hostPath have a folder each', async () => {
    const folders = await readdir(join(cluster.node.folder, 'cache/default'))
    assert.deepEqual(folders.sort(), ['hostpath-0', 'hostpath-1', 'hostpath-2'])
  })
})
