import assert from 'node:assert/strict'
import { after, before, suite, type TestContext, test } from 'node:test'
import { buildCached, writePackage } from '../harness/node/builder.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { watchGap } from '../harness/node/endpoint-gap.ts'
import { addLocalVolumes, type LocalVolume } from '../harness/node/local-volumes.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { eventually } from '../harness/servers/eventually.ts'

interface Kind {
  readonly cache: (storageClassName: string, folder: string) => object
  /** What a claim finds, one for each Pod that needs its own. */
  readonly volumes?: readonly LocalVolume['accessMode'][]
  readonly staysWarm: boolean
}

const KINDS: Readonly<Record<string, Kind>> = {
  emptydir: { cache: () => ({ emptyDir: {} }), staysWarm: false },
  ephemeral: {
    cache: (storageClassName) => ({ ephemeral: { size: '10Gi', storageClassName } }),
    volumes: ['ReadWriteOnce', 'ReadWriteOnce'],
    staysWarm: false,
  },
  claim: {
    cache: (storageClassName) => ({ claim: { size: '10Gi', storageClassName } }),
    volumes: ['ReadWriteOncePod'],
    staysWarm: true,
  },
  shared: {
    cache: (storageClassName) => ({ claim: { size: '10Gi', storageClassName, accessMode: 'ReadWriteOnce' } }),
    volumes: ['ReadWriteOnce'],
    staysWarm: true,
  },
  hostpath: { cache: (_, folder) => ({ hostPath: { path: `${folder}/cache` } }), staysWarm: true },
}

async function roll(cluster: BuilderCluster, name: string, t: TestContext): Promise<void> {
  const { cache, staysWarm } = KINDS[name] as Kind
  const { node } = cluster
  const template = { cache: cache('local', node.folder) }
  await cluster.apply(await writePackage(node.folder, name, template))
  const first = await cluster.readyEndpoint(name)
  const cold = await buildCached(node, first)
  assert.deepEqual([cold.code, cold.hit], [0, false], cold.output)
  const warm = await buildCached(node, first)
  assert.deepEqual([warm.code, warm.hit], [0, true], warm.output)
  const [oldPod = ''] = await cluster.pods(name)
  const gap = watchGap(cluster, name)
  const start = performance.now()
  await cluster.apply(await writePackage(node.folder, name, { ...template, observability: { debugLogging: true } }))
  await eventually(async () => (await cluster.pods(name)).some((pod) => pod !== oldPod && pod !== `(${oldPod})`), true)
  await eventually(async () => ![first, ''].includes(await cluster.endpoint(name)), true, 60)
  const second = await cluster.endpoint(name)
  const seconds = (performance.now() - start) / 1000
  const { seconds: without, reasons } = await gap()
  const next = await buildCached(node, second)
  assert.deepEqual([next.code, next.hit], [0, staysWarm], next.output)
  t.diagnostic(
    `cold ${cold.seconds.toFixed(1)} s, warm ${warm.seconds.toFixed(1)} s; roll: new endpoint after ${seconds.toFixed(1)} s, ${without.toFixed(1)} s without one, then ${next.seconds.toFixed(1)} s`,
  )
  for (const [reason, message] of reasons) t.diagnostic(`${reason}: ${message}`)
  if (staysWarm) {
    assert.match(reasons.get('WaitingForHandover') ?? '', /by \d{4}-/)
    assert.ok(without > 10, `the drain alone takes 10 s, got ${without}`)
  } else assert.equal(without, 0)
  if (name === 'ephemeral') await claimFollows(cluster, name)
}

/** The claim that Kubernetes creates for a Pod is gone with it. */
async function claimFollows({ node, pods }: BuilderCluster, name: string): Promise<void> {
  await eventually(async () => (await pods(name)).length, 1)
  const claims = async () => {
    const { items } = JSON.parse(await node.kubectl(['get', 'persistentvolumeclaims', '-o', 'json']))
    return items.map(({ metadata }: { metadata: { name: string } }) => metadata.name).filter(isOf(name))
  }
  await eventually(claims, [`${(await pods(name))[0]}-buildkitd`])
}

const isOf = (builder: string) => (name: string) => name.startsWith(`${builder}-`)

suite('a template changes, and its builder has its cache in', { skip: needsNode(), concurrency: true }, () => {
  let cluster: BuilderCluster
  before(async () => {
    cluster = await startBuilderCluster(['--handover-grace=3s', '--deletion-quarantine=1s'])
    await addLocalVolumes(
      cluster.node,
      Object.entries(KINDS).flatMap(([name, { volumes = [] }]) =>
        volumes.map((accessMode, index) => ({ name: `${name}-${index}`, accessMode })),
      ),
    )
  })
  after(() => cluster?.stop())
  for (const name of Object.keys(KINDS)) test(name, (t) => roll(cluster, name, t))
})
