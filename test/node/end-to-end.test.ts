import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { build, writePackage } from '../harness/node/builder.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { readAuditLog } from '../harness/servers/audit-log.ts'
import { eventually } from '../harness/servers/eventually.ts'

const MODES = {
  privileged: {},
  rootless: { rootless: true },
  'user-namespace': { hostUsers: false },
}

type Scenario = (cluster: BuilderCluster, t: TestContext) => Promise<void>

/** How often the status of a Buildkit was written, by the audit log. */
async function statusWrites({ node }: BuilderCluster, name: string): Promise<number> {
  const events = await readAuditLog(join(node.folder, 'audit.log'))
  return events.filter(({ verb, objectRef }) => {
    const isStatus = objectRef?.resource === 'buildkits' && objectRef.subresource === 'status'
    return verb === 'patch' && isStatus && objectRef.name === name
  }).length
}

const scenarios: Readonly<Record<string, Scenario>> = {
  ...Object.fromEntries(
    Object.entries(MODES).map(([mode, template]) => [
      `a ${mode} builder builds through its endpoint`,
      async (cluster: BuilderCluster, t: TestContext) => {
        const start = performance.now()
        await cluster.apply(await writePackage(cluster.node.folder, mode, template))
        const endpoint = await cluster.readyEndpoint(mode)
        t.diagnostic(`${endpoint} ${((performance.now() - start) / 1000).toFixed(1)} s after kubectl apply`)
        const writes = await statusWrites(cluster, mode)
        t.diagnostic(`${writes} writes of its status`)
        assert.ok(writes <= 2, `must be at most 2 writes of the status, got ${writes}`)
        const built = await build(cluster.node, endpoint)
        assert.equal(built.code, 0, built.output)
      },
    ]),
  ),

  'a template changes during a build: the build ends well, the next one is on the new Pod, the old Pod goes': async (
    cluster,
    t,
  ) => {
    const { node } = cluster
    await cluster.apply(await writePackage(node.folder, 'rolled'))
    const oldEndpoint = await cluster.readyEndpoint('rolled')
    const [oldPod = ''] = await cluster.pods('rolled')
    const building = build(node, oldEndpoint, 15)
    await setTimeout(2000)
    const changed = performance.now()
    const written = await statusWrites(cluster, 'rolled')
    await cluster.apply(await writePackage(node.folder, 'rolled', { observability: { debugLogging: true } }))
    await eventually(async () => (await cluster.endpoint('rolled')) !== oldEndpoint, true, 30)
    const endpoint = await cluster.readyEndpoint('rolled')
    t.diagnostic(`the endpoint moved ${((performance.now() - changed) / 1000).toFixed(1)} s after the change`)
    const next = await build(node, endpoint)
    assert.equal(next.code, 0, next.output)
    await eventually(async () => (await cluster.pods('rolled')).includes(`(${oldPod})`), true, 30)
    const built = await building
    assert.equal(built.code, 0, built.output)
    const ended = performance.now()
    await eventually(async () => (await cluster.pods('rolled')).length, 1, 40)
    const writes = (await statusWrites(cluster, 'rolled')) - written
    assert.ok(writes <= 3, `must be at most 3 writes of the status, got ${writes}`)
    t.diagnostic(
      `${writes} writes of its status; the old Pod went ${((performance.now() - ended) / 1000).toFixed(1)} s after its last build`,
    )
    assert.equal(await cluster.endpoint('rolled'), endpoint)
  },

  'a Buildkit is deleted during a build: the build ends well, then the Pod goes': async (cluster) => {
    const { node } = cluster
    await cluster.apply(await writePackage(node.folder, 'deleted'))
    const building = build(node, await cluster.readyEndpoint('deleted'), 40)
    await setTimeout(1000)
    await node.kubectl(['delete', 'buildkit', 'deleted'])
    await eventually(async () => (await cluster.pods('deleted'))[0]?.startsWith('('), true, 60)
    const built = await building
    assert.equal(built.code, 0, built.output)
    await eventually(() => cluster.pods('deleted'), [], 40)
  },

  'a Pod is deleted: its endpoint goes at once, and comes back with the Pod that the engine creates': async (
    cluster,
  ) => {
    const { node } = cluster
    const folder = await writePackage(node.folder, 'recreated')
    await cluster.apply(folder)
    await cluster.readyEndpoint('recreated')
    const [pod = ''] = await cluster.pods('recreated')
    await node.kubectl(['delete', 'pod', pod, '--wait=false'])
    await eventually(() => cluster.columns('recreated'), ['', 'False', 'WaitingForTermination'])
    await eventually(() => cluster.columns('recreated'), ['', 'False', 'PodMissing'], 40)
    await cluster.apply(folder)
    await cluster.readyEndpoint('recreated')
  },

  'a Pod is evicted during a build: the endpoint goes at once, the build ends well, the engine creates the Pod again':
    async (cluster) => {
      const { node } = cluster
      const folder = await writePackage(node.folder, 'evicted')
      await cluster.apply(folder)
      const building = build(node, await cluster.readyEndpoint('evicted'), 15)
      await setTimeout(2000)
      const [pod = ''] = await cluster.pods('evicted')
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: 'default' } }
      const path = `/api/v1/namespaces/default/pods/${pod}/eviction`
      await node.kubectl(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction))
      await eventually(() => cluster.columns('evicted'), ['', 'False', 'WaitingForTermination'])
      const built = await building
      assert.equal(built.code, 0, built.output)
      await eventually(() => cluster.columns('evicted'), ['', 'False', 'PodMissing'], 40)
      await cluster.apply(folder)
      await cluster.readyEndpoint('evicted')
    },

  'a build that takes longer than the grace period of its Pod is cut off at its end': async (cluster, t) => {
    const { node } = cluster
    const lifecycle = { terminationGracePeriodSeconds: 8 }
    await cluster.apply(await writePackage(node.folder, 'cut', { lifecycle }))
    const building = build(node, await cluster.readyEndpoint('cut'), 60)
    await setTimeout(2000)
    const [pod = ''] = await cluster.pods('cut')
    await node.kubectl(['delete', 'pod', pod, '--wait=false'])
    const built = await building
    assert.notEqual(built.code, 0)
    assert.ok(built.seconds < 30, `the build of 60 s failed after ${built.seconds} s`)
    t.diagnostic(`a build of 60 s was cut off after ${built.seconds.toFixed(1)} s, with a grace period of 8 s`)
    await eventually(() => cluster.pods('cut'), [], 40)
  },

  'buildkitd is killed: the endpoint goes, and comes back when the container has been started again': async (
    cluster,
  ) => {
    const { node } = cluster
    await cluster.apply(await writePackage(node.folder, 'killed'))
    const endpoint = await cluster.readyEndpoint('killed')
    const [pod = ''] = await cluster.pods('killed')
    const { status } = JSON.parse(await node.kubectl(['get', 'pod', pod, '-o', 'json']))
    await node.ctr('tasks', 'kill', '--signal=9', status.containerStatuses[0].containerID.replace('containerd://', ''))
    await eventually(async () => (await cluster.columns('killed'))[1], 'False')
    assert.equal(await cluster.readyEndpoint('killed'), endpoint)
  },

  'a Pod never becomes ready: the Buildkit says why': async (cluster) => {
    const { node } = cluster
    await cluster.apply(await writePackage(node.folder, 'broken', { command: ['/bin/sh', '-c', 'exit 1'] }))
    await eventually(() => cluster.columns('broken'), ['', 'False', 'CrashLoopBackOff'], 60)
    const { status } = JSON.parse(await node.kubectl(['get', 'buildkit', 'broken', '-o', 'json']))
    const [pod = ''] = await cluster.pods('broken')
    assert.match(
      status.conditions[0].message,
      new RegExp(`^Pod "${pod}": container "buildkit" ended with exit code 1.*, and is started again$`, 's'),
    )
  },

  'the kubelet is silent: the endpoint goes with the node, and comes back with it': async (cluster, t) => {
    const { node } = cluster
    await cluster.apply(await writePackage(node.folder, 'lost'))
    const endpoint = await cluster.readyEndpoint('lost')
    const start = performance.now()
    node.pauseKubelet('SIGSTOP')
    try {
      await eventually(() => cluster.columns('lost'), ['', 'False', 'ContainerNotReady'], 40)
      t.diagnostic(`the endpoint went ${((performance.now() - start) / 1000).toFixed(1)} s after the last word`)
    } finally {
      node.pauseKubelet('SIGCONT')
    }
    assert.equal(await cluster.readyEndpoint('lost'), endpoint)
  },
}

suite('builders on a real node', { skip: needsNode() }, () => {
  let cluster: BuilderCluster
  before(async () => {
    cluster = await startBuilderCluster(['--handover-grace=3s', '--deletion-quarantine=1s'])
  })
  after(() => cluster?.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(cluster, t))
})
