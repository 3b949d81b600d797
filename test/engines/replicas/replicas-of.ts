import { API_VERSION, BUILDKIT_LABEL } from '../../../crds/names.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'

/** What a cluster has of a builder. */
export interface Replicas {
  /** The status of the condition Ready, and its reason. */
  readonly ready: string
  /** The name of the Pod behind `endpoint`. */
  readonly preferred: string | undefined
  /** The Pods in `endpoints`, each with its node and the index of its replica. */
  readonly listed: readonly string[]
  /** The names of its Pods, sorted; those that are being deleted in brackets. */
  readonly pods: readonly string[]
  /** Of its PodDisruptionBudget. */
  readonly budget: { readonly minAvailable: number; readonly healthy: number; readonly allowed: number } | undefined
}

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
type Item = any

export async function replicasOf(cluster: Pick<Cluster, 'request'>, name: string): Promise<Replicas> {
  const [buildkit, pods, budget] = await storedParts(cluster, name)
  const { conditions = [], endpoint, endpoints = [] } = buildkit?.status ?? {}
  const ready = conditions.find(({ type }: Item) => type === 'Ready')
  return {
    ready: `${ready?.status} ${ready?.reason}`,
    preferred: endpoints.find(({ address }: Item) => address === endpoint)?.podName,
    listed: endpoints.map(({ podName, nodeName, replica = 0 }: Item) => listedAs(podName, nodeName, replica)),
    pods: pods
      .map(({ metadata }: Item) => (metadata.deletionTimestamp ? `(${metadata.name})` : metadata.name))
      .toSorted(),
    budget: budget && {
      minAvailable: budget.spec.minAvailable,
      healthy: budget.status.currentHealthy,
      allowed: budget.status.disruptionsAllowed,
    },
  }
}

export function listedAs(podName: string, nodeName: string, replica: number): string {
  return `${podName} on ${nodeName} for ${replica}`
}

/** The names of the Pods that Git names, in the order of the replicas. */
export async function podNamesOf(cluster: Pick<Cluster, 'request'>, name: string): Promise<readonly string[]> {
  const [buildkit] = await storedParts(cluster, name)
  const { podName, podNames = [podName] } = buildkit.spec
  return podNames
}

/** The Buildkit of a builder, its Pods and its PodDisruptionBudget, as they are stored. */
export async function storedParts({ request }: Pick<Cluster, 'request'>, name: string): Promise<[Item, Item[], Item]> {
  const found = async (path: string) => {
    const { status, body } = await request('GET', path)
    return status === 200 ? body : undefined
  }
  const [buildkit, pods, budget] = await Promise.all([
    found(`/apis/${API_VERSION}/namespaces/default/buildkits/${name}`),
    found(`/api/v1/namespaces/default/pods?labelSelector=${BUILDKIT_LABEL}=${name}`),
    found(`/apis/policy/v1/namespaces/default/poddisruptionbudgets/${name}`),
  ])
  return [buildkit, pods.items, budget]
}

/** The status code of an eviction, as a drain asks for it. */
export async function evict({ request }: Pick<Cluster, 'request'>, pod: string): Promise<number> {
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: 'default' } }
  return (await request('POST', `/api/v1/namespaces/default/pods/${pod}/eviction`, eviction)).status
}
