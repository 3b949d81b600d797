import { API_VERSION, BUILDKIT_LABEL } from '../../../crds/names.ts'
import type { Cluster } from '../servers/cluster.ts'
import { repeatedly } from './repeatedly.ts'

/** What a controller that is told of a Pod by a watch may take, on a machine that does much else. */
const ALLOWED_MILLISECONDS = 1500

/** Looks all the time whether endpoints are true. */
export interface EndpointWatch {
  /** Ends; the result is what was wrong for longer than a moment: an endpoint that was empty while a Pod could serve, or that led nowhere. */
  readonly stop: () => Promise<readonly string[]>
}

export function watchEndpoints(cluster: Pick<Cluster, 'request'>): EndpointWatch {
  let since = new Map<string, number>()
  const faults = new Set<string>()
  const stop = repeatedly(async () => {
    const now = performance.now()
    const wrong = await wrongEndpoints(cluster)
    since = new Map(wrong.map((fault) => [fault, since.get(fault) ?? now]))
    for (const [fault, start] of since) if (now - start > ALLOWED_MILLISECONDS) faults.add(fault)
  })
  return {
    stop: async () => {
      await stop()
      return [...faults]
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
type Item = any

async function wrongEndpoints({ request }: Pick<Cluster, 'request'>): Promise<readonly string[]> {
  const [buildkits, pods] = await Promise.all([
    request('GET', `/apis/${API_VERSION}/buildkits`),
    request('GET', `/api/v1/pods?labelSelector=${BUILDKIT_LABEL}`),
  ])
  return (buildkits.body.items ?? []).flatMap(({ metadata, status }: Item) => {
    const { namespace, name } = metadata
    const own = pods.body.items.filter(
      (pod: Item) => pod.metadata.namespace === namespace && pod.metadata.labels[BUILDKIT_LABEL] === name,
    )
    const serving = own.filter(canServe).map((pod: Item) => `tcp://${pod.status.podIP}:${portOf(pod)}`)
    const endpoint = status?.endpoint
    if (endpoint === undefined) return serving.length > 0 ? [`${name} had no endpoint, and ${serving[0]} served`] : []
    return serving.includes(endpoint) ? [] : [`${name} had the endpoint ${endpoint}, where nothing served`]
  })
}

function canServe({ metadata, status }: Item): boolean {
  const isReady = status.conditions?.some(({ type, status: is }: Item) => type === 'Ready' && is === 'True')
  return isReady && status.podIP !== undefined && metadata.deletionTimestamp === undefined
}

function portOf({ spec }: Item): number {
  return spec.containers[0].ports.find(({ name }: Item) => name === 'tcp').containerPort
}
