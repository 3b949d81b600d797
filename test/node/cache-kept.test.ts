import assert from 'node:assert/strict'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { build, buildCached, writePackage } from '../harness/node/builder.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { watchGap } from '../harness/node/endpoint-gap.ts'
import { killBuildkitd } from '../harness/node/kill-buildkitd.ts'
import { addLocalVolumes, folderOfVolume } from '../harness/node/local-volumes.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { eventually } from '../harness/servers/eventually.ts'

const CACHE = { claim: { size: '10Gi', storageClassName: 'local' } }

/** A builder whose claim has the cache of one build. */
interface Warm {
  readonly cluster: BuilderCluster
  readonly name: string
  readonly folder: string
  readonly endpoint: string
  readonly pod: string
}

type Scenario = (warm: Warm, t: TestContext) => Promise<void>

async function warmBuilder(cluster: BuilderCluster, name: string): Promise<Warm> {
  const folder = await writePackage(cluster.node.folder, name, { cache: CACHE })
  await cluster.apply(folder)
  const endpoint = await cluster.readyEndpoint(name)
  const { code, output } = await buildCached(cluster.node, endpoint)
  assert.equal(code, 0, output)
  const [pod = ''] = await cluster.pods(name)
  return { cluster, name, folder, endpoint, pod }
}

/** The folder of the volume that the builder's claim is bound to. */
async function stateOf({ cluster: { node }, name }: Warm): Promise<string> {
  const label = `buildkit.seatgeek.io/buildkit=${name}`
  const { items } = JSON.parse(await node.kubectl(['get', 'persistentvolumeclaims', '-l', label, '-o', 'json']))
  return folderOfVolume(node, items[0].spec.volumeName)
}

/** Builds again, from a cache that must be as it was. */
async function assertWarm(warm: Warm): Promise<void> {
  const { cluster, name } = warm
  const { code, hit, output } = await buildCached(cluster.node, await cluster.readyEndpoint(name))
  assert.deepEqual([code, hit], [0, true], output)
  const setAside = (await readdir(await stateOf(warm))).filter((file) => file.endsWith('.bak'))
  assert.deepEqual(setAside, [], 'BuildKit has begun a database anew')
}

/** Writes zeros where a database has its pages, as a disk may that lost its power. */
async function tear(path: string): Promise<void> {
  const { size } = await stat(path)
  const file = await open(path, 'r+')
  await file.write(Buffer.alloc(size - 8192), 0, size - 8192, 8192)
  await file.close()
}

async function deletePod({ cluster: { node }, pod }: Warm): Promise<void> {
  await node.kubectl(['delete', 'pod', pod, '--grace-period=1'])
}

const scenarios: Readonly<Record<string, Scenario>> = {
  'a template changes during a build: the build succeeds, then the new Pod starts with the cache': async (warm, t) => {
    const { cluster, name, endpoint } = warm
    const building = build(cluster.node, endpoint, 6)
    await setTimeout(2000)
    const gap = watchGap(cluster, name)
    const template = { cache: CACHE, observability: { debugLogging: true } }
    await cluster.apply(await writePackage(cluster.node.folder, name, template))
    await eventually(async () => (await cluster.columns(name)).slice(1), ['False', 'WaitingForHandover'], 20)
    const built = await building
    assert.equal(built.code, 0, built.output)
    await eventually(async () => ['', endpoint].includes(await cluster.endpoint(name)), false, 60)
    const { seconds, reasons } = await gap()
    const message = reasons.get('WaitingForHandover') ?? ''
    assert.match(message, new RegExp(`^Pod "${name}-\\w+" waits for Pod "${warm.pod}" to end, by \\S+ at the latest`))
    t.diagnostic(`a build of ${built.seconds.toFixed(1)} s went on; ${seconds.toFixed(1)} s without an endpoint`)
    await assertWarm(warm)
  },

  'a Pod is deleted during a build: the build succeeds, and the Pod that the engine creates has the cache': async (
    warm,
  ) => {
    const { cluster, name, folder, endpoint, pod } = warm
    const building = build(cluster.node, endpoint, 6)
    await setTimeout(2000)
    await cluster.node.kubectl(['delete', 'pod', pod, '--wait=false'])
    const built = await building
    assert.equal(built.code, 0, built.output)
    await eventually(() => cluster.pods(name), [], 40)
    await cluster.apply(folder)
    await assertWarm(warm)
  },

  'buildkitd is killed during a build: the build fails, and the container starts again with the cache': async (
    warm,
  ) => {
    const { cluster, name, endpoint, pod } = warm
    const building = build(cluster.node, endpoint, 30)
    await setTimeout(3000)
    await killBuildkitd(cluster, pod)
    const built = await building
    assert.notEqual(built.code, 0, built.output)
    await eventually(async () => (await cluster.columns(name))[1], 'False')
    await assertWarm(warm)
  },

  'the index of the cache is torn: BuildKit sets it aside, and builds from nothing': async (warm) => {
    const { cluster, name, folder } = warm
    await deletePod(warm)
    const state = await stateOf(warm)
    await tear(join(state, 'cache.db'))
    await cluster.apply(folder)
    const { code, hit, output } = await buildCached(cluster.node, await cluster.readyEndpoint(name))
    assert.deepEqual([code, hit], [0, false], output)
    const setAside = (await readdir(state)).filter((file) => file.endsWith('.bak'))
    assert.equal(setAside.length, 1)
  },

  'the metadata of the cache is torn: buildkitd ends again and again, until the claim is deleted': async (warm) => {
    const { cluster, name, folder } = warm
    await deletePod(warm)
    await tear(join(await stateOf(warm), 'runc-overlayfs/metadata_v2.db'))
    await cluster.apply(folder)
    await eventually(() => cluster.columns(name), ['', 'False', 'CrashLoopBackOff'])
    const label = `buildkit.seatgeek.io/buildkit=${name}`
    await cluster.node.kubectl(['delete', 'persistentvolumeclaim,pod', '-l', label, '--grace-period=1'])
    await cluster.apply(folder)
    const { code, hit, output } = await buildCached(cluster.node, await cluster.readyEndpoint(name))
    assert.deepEqual([code, hit], [0, false], output)
  },
}

suite('a claim keeps the cache', { skip: needsNode() }, () => {
  let cluster: BuilderCluster
  before(async () => {
    cluster = await startBuilderCluster(['--handover-grace=3s', '--deletion-quarantine=1s'])
    // One for each builder, and one for the claim that is made anew.
    const names = [...Object.keys(scenarios), 'restarted', 'anew'].map((_, index) => `volume-${index}`)
    await addLocalVolumes(
      cluster.node,
      names.map((name) => ({ name, accessMode: 'ReadWriteOncePod' })),
    )
  })
  after(() => cluster?.stop())

  suite('when', { concurrency: true }, () => {
    for (const [index, [name, scenario]] of Object.entries(scenarios).entries())
      test(name, async (t) => scenario(await warmBuilder(cluster, `kept-${index}`), t))
  })

  test('when the node restarts during a build: the build fails, and the Pod starts again with the cache', async (t) => {
    const warm = await warmBuilder(cluster, 'restarted')
    const building = build(cluster.node, warm.endpoint, 30)
    await setTimeout(3000)
    const start = performance.now()
    await cluster.node.restart()
    const built = await building
    assert.notEqual(built.code, 0, built.output)
    await eventually(async () => (await cluster.columns('restarted'))[1], 'False')
    await assertWarm(warm)
    t.diagnostic(`the cache served ${((performance.now() - start) / 1000).toFixed(1)} s after the node went`)
  })
})
