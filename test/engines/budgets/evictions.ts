import assert from 'node:assert/strict'
import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'

type Requests = Pick<Cluster, 'request'>

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
export type Item = any

/** The Pods of a builder in a namespace, as they are stored. */
export async function podsOf({ request }: Requests, namespace: string, buildkit: string): Promise<readonly Item[]> {
  const selector = `labelSelector=${BUILDKIT_LABEL}=${buildkit}`
  return (await request('GET', `/api/v1/namespaces/${namespace}/pods?${selector}`)).body.items
}

/** Asks to evict a Pod as a drain does; `dryRun` asks only whether that is allowed. The result is the code, and why not. */
export async function evict({ request }: Requests, { metadata }: Item, dryRun?: 'All'): Promise<string> {
  const { name, namespace } = metadata
  const path = `/api/v1/namespaces/${namespace}/pods/${name}/eviction${dryRun ? `?dryRun=${dryRun}` : ''}`
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } }
  const { status, body } = await request('POST', path, eviction)
  if (status === 201) return '201'
  const why: string = body.details?.causes?.[0]?.message ?? body.message
  return `${status} ${why.replace(/^The disruption budget \S+ /, '')}`
}

/** What the status of a PodDisruptionBudget counts: evictions that it allows now, Pods that it expects, those that are ready, and those that must be. */
export type Counts = readonly [allowed: number, expected: number, healthy: number, needed: number]

/** Undefined until Kubernetes has counted. */
export async function countsOf(
  { request }: Requests,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<Counts | undefined> {
  const { body } = await request('GET', `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/${name}`)
  if (!body.status?.conditions) return undefined
  const { disruptionsAllowed, expectedPods, currentHealthy, desiredHealthy, conditions } = body.status
  assert.deepEqual(
    conditions.map(({ type, status }: Item) => [type, status]),
    [['DisruptionAllowed', disruptionsAllowed > 0 ? 'True' : 'False']],
  )
  return [disruptionsAllowed, expectedPods, currentHealthy, desiredHealthy]
}

/** The kubelet finds the container of a Pod not ready, or ready again. */
export async function setReady({ request }: Requests, { metadata, status }: Item, isReady: boolean): Promise<void> {
  const conditions = status.conditions.map((one: Item) =>
    one.type === 'Ready' ? { ...one, status: isReady ? 'True' : 'False' } : one,
  )
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/status`
  await request('PATCH', path, { status: { conditions } })
}
