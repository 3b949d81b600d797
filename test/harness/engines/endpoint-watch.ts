import { API_VERSION, BUILDKIT_LABEL, TLS_SERVER_NAME_ANNOTATION } from '../../../crds/names.ts'
import type { Cluster } from '../servers/cluster.ts'
import { repeatedly } from './repeatedly.ts'

/** The time that a controller may take after a watch event, on a busy machine. */
const ALLOWED_MILLISECONDS = 1500

/** Checks all the time whether endpoints are correct. */
export interface EndpointWatch {
  /** Ends. Resolves with what was wrong for longer than that: an empty endpoint while a Pod could serve, or one where nothing served. */
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
    const serving = own
      .filter(canServe)
      .map((pod: Item) => reachedAs(`tcp://${pod.status.podIP}:${portOf(pod)}`, serverNameOf(pod)))
    const endpoint = reachedAs(status?.endpoint, status?.tlsServerName)
    if (status?.endpoint === undefined)
      return serving.length > 0 ? [`${name} had no endpoint although ${serving[0]} served`] : []
    return serving.includes(endpoint) ? [] : [`${name} had the endpoint ${endpoint}, where nothing served`]
  })
}

/** An endpoint, with the name by which clients verify it if it serves TLS. */
function reachedAs(endpoint: string, serverName: string | undefined): string {
  return serverName === undefined ? endpoint : `${endpoint} as ${serverName}`
}

function serverNameOf({ metadata }: Item): string | undefined {
  return metadata.annotations?.[TLS_SERVER_NAME_ANNOTATION]
}

function canServe({ metadata, status }: Item): boolean {
  const isReady = status.conditions?.some(({ type, status: is }: Item) => type === 'Ready' && is === 'True')
  return isReady && status.podIP !== undefined && metadata.deletionTimestamp === undefined
}

function portOf({ spec }: Item): number {
  return spec.containers[0].ports.find(({ name }: Item) => name === 'tcp').containerPort
}
