import { API_VERSION, BUILDKIT_LABEL, labelValueOf, mayBeCut } from '../crds/names.ts'
import type { ApiClient } from './kube/api/api-client.ts'
import { ApiError, NotSentError } from './kube/api/api-error.ts'
import type { History } from './kube/history.ts'
import { listAll } from './kube/watch/list-all.ts'
import type { Mandate } from './mandate.ts'
import type { Buildkit, BuildkitStatus } from './observation.ts'
import { toBuildkit } from './observe/to-buildkit.ts'
import { toPod } from './observe/to-pod.ts'
import type { Pod } from './pod.ts'

/** Every request that the controller makes for a builder, except for the watches. */
export interface Cluster {
  /** The current Buildkits with that label value; empty only if the API server states explicitly that there are none. */
  readonly readBuildkits: (namespace: string, labelValue: string) => Promise<readonly Buildkit[]>
  readonly listPods: (namespace: string, labelValue: string) => Promise<readonly Pod[]>
  /** Writes the whole status of exactly this version of the Buildkit; resolves with the result. */
  readonly patchStatus: (buildkit: Buildkit, status: BuildkitStatus) => Promise<Buildkit>
  /** Clears only the endpoint, with its name, in the status of exactly this version of the Buildkit; resolves with the result. */
  readonly clearEndpoint: (buildkit: Buildkit) => Promise<Buildkit>
  /**
   * Deletes exactly this version of the Pod, with the Pod's own grace period. `isStillDue` is asked right before each try: rejects with
   * NotSentError if it is not.
   */
  readonly deletePod: (pod: Pod, isStillDue: () => boolean) => Promise<void>
}

/** Limits of a list that a builder waits for. */
const LIVE = { pageMilliseconds: 10_000 }

interface ClusterOptions {
  readonly client: ApiClient
  readonly mandate: Mandate
  readonly history: History
}

export function createCluster({ client: anyClient, mandate, history }: ClusterOptions): Cluster {
  const client = clientWith(mandate, anyClient)
  const patch = async ({ namespace, name, resourceVersion }: Buildkit, status: object) => {
    const path = `${buildkitsPath(namespace)}/${name}/status?fieldManager=buildkit-controller`
    const body = { metadata: { resourceVersion }, status }
    const guard = () => mandate.assertMayWrite(namespace)
    const answered = history.ask('buildkits')
    const written = toBuildkit(await client.request({ method: 'PATCH', path, body, guard }))
    // A patch that changes nothing returns the present version, which may be old.
    if (written.resourceVersion !== resourceVersion) answered({ resourceVersion: written.resourceVersion })
    return written
  }
  return {
    readBuildkits: (namespace, labelValue) =>
      mayBeCut(labelValue)
        ? findBuildkits(client, namespace, labelValue)
        : readBuildkitNamed(client, namespace, labelValue),
    listPods: async (namespace, labelValue) => {
      const path = `/api/v1/namespaces/${namespace}/pods`
      const query = `labelSelector=${encodeURIComponent(`${BUILDKIT_LABEL}=${labelValue}`)}`
      return (await listAll({ client, path, query, project: toPod }, LIVE)).objects
    },
    patchStatus: (buildkit, status) => patch(buildkit, { ...CLEARED, ...status }),
    clearEndpoint: (buildkit) => patch(buildkit, { endpoint: null, tlsServerName: null, endpoints: null }),
    deletePod: async ({ namespace, name, uid, resourceVersion }, isStillDue) => {
      const guard = () => {
        mandate.assertMayWrite(namespace)
        if (!isStillDue()) throw new NotSentError(`Pod "${name}" is needed again`)
      }
      const path = `/api/v1/namespaces/${namespace}/pods/${name}`
      const preconditions = { uid, resourceVersion }
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions, propagationPolicy: 'Background' }
      await client.request({ method: 'DELETE', path, body, guard })
    },
  }
}

function assertGoesOn(signal: AbortSignal): void {
  if (signal.aborted) throw new NotSentError('the cached state is no longer valid')
}

/** A client whose calls end with the mandate in which they began: a read of an earlier mandate never leads to a write. */
function clientWith(mandate: Mandate, client: ApiClient): ApiClient {
  return {
    ...client,
    request: async (call) => {
      const signal = mandate.signal()
      const answer = await client.request({ ...call, signal })
      assertGoesOn(signal)
      return answer
    },
    stream: async function* (call) {
      const signal = mandate.signal()
      yield* client.stream({ ...call, signal })
      assertGoesOn(signal)
    },
  }
}

// In a merge patch (RFC 7386) only null removes a field.
const CLEARED: { readonly [Field in keyof BuildkitStatus]-?: null } = {
  observedGeneration: null,
  conditions: null,
  endpoint: null,
  tlsServerName: null,
  endpoints: null,
  readyReplicas: null,
  resourceRefs: null,
  podName: null,
  podNames: null,
  podSince: null,
  failures: null,
}

function buildkitsPath(namespace: string): string {
  return `/apis/${API_VERSION}/namespaces/${namespace}/buildkits`
}

async function readBuildkitNamed(client: ApiClient, namespace: string, name: string): Promise<readonly Buildkit[]> {
  try {
    return [toBuildkit(await client.request({ method: 'GET', path: `${buildkitsPath(namespace)}/${name}` }))]
  } catch (error) {
    if (isAbsent(error, name)) return []
    throw error
  }
}

/** A 404 may also come from an API server without the CRD, or from a proxy: such an answer does not name the Buildkit. */
function isAbsent(error: unknown, name: string): boolean {
  if (!(error instanceof ApiError) || error.code !== 404 || error.reason !== 'NotFound') return false
  return error.isStatus && error.details?.name === name && error.details.kind === 'buildkits'
}

async function findBuildkits(client: ApiClient, namespace: string, labelValue: string): Promise<readonly Buildkit[]> {
  const project = (object: unknown) => {
    const buildkit = toBuildkit(object)
    return labelValueOf(buildkit.name) === labelValue ? buildkit : undefined
  }
  const { objects } = await listAll({ client, path: buildkitsPath(namespace), project }, LIVE)
  return objects.filter((buildkit) => buildkit !== undefined)
}
