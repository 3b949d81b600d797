import { setTimeout } from 'node:timers/promises'
import { API_VERSION, BUILDKIT_LABEL } from '../../../crds/names.ts'
import { type ApiRequest, apiRequests } from '../../harness/servers/api-request.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { createPackage, namesOf, podName } from '../../harness/servers/package.ts'

/** A namespace in which something changes all the time. */
export interface NoisyTenant {
  readonly namespace: string
  /** How many changes it has made so far. */
  readonly changes: () => number
  /** Ends it; what there is stays. How many changes it has made. */
  readonly stop: () => Promise<number>
}

export interface Noise {
  readonly kinds?: readonly NoiseKind[]
  /** At most; what the API server refuses, or is not there for, does not count and is not tried again. */
  readonly changesPerSecond?: number
  readonly writers?: number
}

export type NoiseKind = keyof typeof CHANGES

/** Changes that leave the number of Pods and Buildkits as it is, and that nobody but the controller writes to a Buildkit. */
export const STEADY: readonly NoiseKind[] = ['label moves', 'readiness flips']

/** How many builders it has, each with one Pod to begin with. */
export const NOISY_BUILDERS = 8

interface Tenant {
  readonly request: ApiRequest
  readonly pods: string
  readonly buildkits: string
}

/** The builder whose turn it is in a round, and how often it had one before. */
interface Turn {
  readonly at: number
  readonly lap: number
}

const CHANGES = {
  'label moves': ({ request, pods }: Tenant, { at, lap }: Turn) =>
    request('PATCH', `${pods}/${podName(nameOf(at), 1)}`, {
      metadata: { labels: { [BUILDKIT_LABEL]: nameOf(at + lap) } },
    }),
  'readiness flips': ({ request, pods }: Tenant, { at, lap }: Turn) =>
    request('PATCH', `${pods}/${podName(nameOf(at), 1)}/status`, {
      status: { conditions: [readiness(lap % 2 === 0)] },
    }),
  'Pods that come and go': ({ request, pods }: Tenant, { at, lap }: Turn) => {
    const name = podName(nameOf(at), 100 + Math.floor(lap / 2))
    return lap % 2 === 0
      ? request('POST', pods, podOf(nameOf(at), name))
      : request('DELETE', `${pods}/${name}`, { gracePeriodSeconds: 0 })
  },
  'rolls that never end': ({ request, buildkits }: Tenant, { at, lap }: Turn) =>
    request('PATCH', `${buildkits}/${nameOf(at)}`, { spec: namesOf([podName(nameOf(at), 1 + (lap % 3))]) }),
  'replicas that come and go': ({ request, buildkits }: Tenant, { at, lap }: Turn) => {
    const podNames = Array.from({ length: 1 + (lap % 3) }, (_, index) => podName(nameOf(at), 1 + index))
    return request('PATCH', `${buildkits}/${nameOf(at)}`, { spec: namesOf(podNames) })
  },
} satisfies Readonly<Record<string, (tenant: Tenant, turn: Turn) => ReturnType<ApiRequest>>>

/** Makes noise in a namespace of its own, over connections of its own, until it is stopped. */
export async function startNoisyTenant(
  cluster: Cluster,
  { kinds = Object.keys(CHANGES) as NoiseKind[], changesPerSecond = 30, writers = 2 }: Noise = {},
): Promise<NoisyTenant> {
  const request = apiRequests(cluster)
  const namespace = await createTenant({ ...cluster, request })
  const tenant = {
    request,
    pods: `/api/v1/namespaces/${namespace}/pods`,
    buildkits: `/apis/${API_VERSION}/namespaces/${namespace}/buildkits`,
  }
  const stopping = new AbortController()
  let tried = 0
  let changes = 0
  const changeOne = async () => {
    const [kind, round] = [kinds[tried % kinds.length] as NoiseKind, Math.floor(tried / kinds.length)]
    tried += 1
    const turn = { at: round % NOISY_BUILDERS, lap: Math.floor(round / NOISY_BUILDERS) }
    const { status } = await CHANGES[kind](tenant, turn).catch(() => ({ status: 0 }))
    if (status >= 200 && status < 300) changes += 1
    else await setTimeout(50)
  }
  const write = async () => {
    while (!stopping.signal.aborted) {
      const next = performance.now() + (1000 * writers) / changesPerSecond
      await changeOne()
      await setTimeout(Math.max(0, next - performance.now()), undefined, stopping).catch(() => undefined)
    }
  }
  const writing = Array.from({ length: writers }, write)
  return {
    namespace,
    changes: () => changes,
    stop: async () => {
      stopping.abort()
      await Promise.all(writing)
      return changes
    },
  }
}

/** Its builders, all of them ready; the namespace. */
async function createTenant(cluster: Cluster): Promise<string> {
  const pkg = await createPackage(cluster)
  for (let at = 0; at < NOISY_BUILDERS; at++) {
    await pkg.applyPod(nameOf(at), podName(nameOf(at), 1))
    await pkg.applyBuildkit(nameOf(at), podName(nameOf(at), 1))
    await pkg.runPod(podName(nameOf(at), 1), `10.9.0.${at}`)
  }
  return pkg.namespace
}

function nameOf(at: number): string {
  return `noisy-${at % NOISY_BUILDERS}`
}

function readiness(isReady: boolean) {
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  return { type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime }
}

function podOf(buildkit: string, name: string) {
  const container = { name: 'buildkit', image: 'buildkit', ports: [{ name: 'tcp', containerPort: 1234 }] }
  return {
    metadata: { name, labels: { [BUILDKIT_LABEL]: buildkit } },
    spec: { nodeName: 'node', containers: [container] },
  }
}
