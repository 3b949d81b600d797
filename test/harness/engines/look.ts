import { API_VERSION, BUILDKIT_LABEL } from '../../../crds/names.ts'
import type { Cluster } from '../servers/cluster.ts'

/** What users see of one builder. */
export interface Look {
  readonly endpoint: string
  /** The status of the condition Ready, and its reason. */
  readonly ready: string
  /** The names of its Pods, those that are being deleted in brackets. */
  readonly pods: readonly string[]
}

export async function look({ request }: Pick<Cluster, 'request'>, name: string, namespace = 'default'): Promise<Look> {
  const [{ body: buildkit }, { body: pods }] = await Promise.all([
    request('GET', `/apis/${API_VERSION}/namespaces/${namespace}/buildkits/${name}`),
    request('GET', `/api/v1/namespaces/${namespace}/pods?labelSelector=${BUILDKIT_LABEL}=${name}`),
  ])
  const conditions: readonly Condition[] = buildkit.status?.conditions ?? []
  const ready = conditions.find(({ type }) => type === 'Ready')
  return {
    endpoint: buildkit.status?.endpoint ?? '',
    ready: ready ? `${ready.status} ${ready.reason}` : '',
    pods: pods.items.map(({ metadata }: { readonly metadata: PodMetadata }) =>
      metadata.deletionTimestamp ? `(${metadata.name})` : metadata.name,
    ),
  }
}

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
}

interface PodMetadata {
  readonly name: string
  readonly deletionTimestamp?: string
}
