import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Pod } from '../../fn/render/expand.ts'
import { binary } from '../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { startProcess } from '../harness/servers/server-process.ts'
import { pathOf, podManifest } from './rules/pod-manifest.ts'

/** An API server with a scheduler and with what that takes for nodes; no kubelet runs anything there. */
export type SchedulingCluster = Pick<Cluster, 'request' | 'stop'>

interface Node {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

export async function startSchedulingCluster(nodes: readonly Node[]): Promise<SchedulingCluster> {
  const cluster = await startCluster()
  const folder = await mkdtemp(join(tmpdir(), 'scheduler-'))
  for (const node of nodes) await addNode(cluster, node)
  const flags = [`--kubeconfig=${cluster.kubeconfig}`, '--leader-elect=false', '--secure-port=0']
  const scheduler = startProcess(binary('kube-scheduler'), flags, { log: join(folder, 'log') })
  const stop = async () => {
    await scheduler.stop()
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { request: cluster.request, stop }
}

async function addNode({ request }: Cluster, { name, labels }: Node): Promise<void> {
  const path = `/api/v1/nodes/${name}`
  const metadata = { name, labels: { 'kubernetes.io/hostname': name, ...labels } }
  await request('POST', '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata })
  const amounts = { cpu: '64', memory: '256Gi', pods: '110' }
  const status = { capacity: amounts, allocatable: amounts, conditions: [{ type: 'Ready', status: 'True' }] }
  await request('PATCH', `${path}/status`, { status })
  // The API server has made it one that is not ready, and nothing here would make it so.
  await request('PATCH', path, { spec: { taints: null } })
}

/** The node that the scheduler finds for a Pod, which is created; undefined where it says that there is none. */
export async function nodeOf(request: Cluster['request'], pod: Pod): Promise<string | undefined> {
  const created = await request('POST', pathOf('Pod'), podManifest(pod))
  assert.equal(created.status, 201, created.body.message)
  for (;;) {
    const { spec, status } = (await request('GET', `${pathOf('Pod')}/${pod.name}`)).body
    if (spec.nodeName) return spec.nodeName
    if (status.conditions?.some(({ type }: { readonly type: string }) => type === 'PodScheduled')) return undefined
    await setTimeout(50)
  }
}
