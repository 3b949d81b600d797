import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { API_VERSION, BUILDKIT_LABEL, hashedName, hashOf, REPLICA_LABEL } from '../../../crds/names.ts'
import type { Cluster } from './cluster.ts'
import { eventually } from './eventually.ts'

/** What an engine and a kubelet do in one namespace. */
export interface Package {
  readonly namespace: string
  /** Names of several Pods are those of its replicas. */
  readonly applyBuildkit: (name: string, current?: string | readonly string[]) => Promise<void>
  /** Changes labels of Buildkits so often, each as often as the others; the last value of `round` is one less than that. */
  readonly labelBuildkits: (names: readonly string[], changes: number) => Promise<void>
  readonly setLabels: (name: string, labels: Readonly<Record<string, string | null>>) => Promise<void>
  readonly deleteBuildkit: (name: string) => Promise<void>
  readonly applyPod: (buildkit: string, name: string, annotations?: Readonly<Record<string, string>>) => Promise<void>
  /** A Pod of a replica. */
  readonly applyReplica: (buildkit: string, name: string, replica: Replica) => Promise<void>
  /** Somebody who may create Pods: one with the label of that Buildkit, ready at that address. */
  readonly intrude: (buildkit: string, name: string, pod: { metadata?: object; ip: string }) => Promise<void>
  /** Somebody who may write statuses. */
  readonly editStatus: (name: string, status: unknown) => Promise<void>
  readonly deletePod: (name: string) => Promise<void>
  /** The kubelet: the container runs and is ready; its other states are merge patches of the Pod's status. */
  readonly runPod: (name: string, ip: string) => Promise<void>
  readonly patchPodStatus: (name: string, status: unknown) => Promise<void>
  /** The kubelet: the containers have ended, the Pod is gone. */
  readonly finishPod: (name: string) => Promise<void>
  readonly buildkit: (name: string) => Promise<Buildkit>
  readonly status: (name: string) => Promise<Buildkit['status']>
  /** What is left of the Pods: their names, those that are being deleted in brackets. */
  readonly pods: () => Promise<readonly string[]>
}

interface Replica {
  readonly index: number
  readonly annotations?: Readonly<Record<string, string>>
}

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
export type Buildkit = any

/** The Pod that rendering makes of a Buildkit, the version-th in its life. */
export function podName(buildkit: string, version: number): string {
  return hashedName(buildkit, hashOf(String(version)))
}

export async function createPackage({ request }: Cluster): Promise<Package> {
  const namespace = `test-${randomUUID().slice(0, 8)}`
  const buildkits = `/apis/${API_VERSION}/namespaces/${namespace}/buildkits`
  const pods = `/api/v1/namespaces/${namespace}/pods`
  const succeed = async (...call: Parameters<Cluster['request']>) => {
    const { status, body } = await request(...call)
    assert.ok(status < 300, `${call[0]} ${call[1]}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  await succeed('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  return {
    namespace,
    applyBuildkit: async (name, current) => {
      const { status } = await request('GET', `${buildkits}/${name}`)
      const spec = { template: 'small', ...(typeof current === 'string' ? { podName: current } : namesOf(current)) }
      if (status === 200) await succeed('PATCH', `${buildkits}/${name}`, { spec })
      else await succeed('POST', buildkits, { apiVersion: API_VERSION, kind: 'Buildkit', metadata: { name }, spec })
    },
    labelBuildkits: async (names, changes) => {
      for (let change = 0; change < changes; change++) {
        const name = names[change % names.length]
        const round = String(Math.floor(change / names.length))
        await succeed('PATCH', `${buildkits}/${name}`, { metadata: { labels: { round } } })
      }
    },
    setLabels: (name, labels) => succeed('PATCH', `${buildkits}/${name}`, { metadata: { labels } }),
    deleteBuildkit: (name) => succeed('DELETE', `${buildkits}/${name}`),
    applyPod: (buildkit, name, annotations = {}) => succeed('POST', pods, podOf(buildkit, name, annotations)),
    applyReplica: async (buildkit, name, { index, annotations = {} }) => {
      const { metadata, ...pod } = podOf(buildkit, name, annotations)
      const labels = { ...metadata.labels, ...(index > 0 && { [REPLICA_LABEL]: String(index) }) }
      await succeed('POST', pods, { ...pod, metadata: { ...metadata, labels } })
    },
    intrude: async (buildkit, name, { metadata, ip }) => {
      const pod = podOf(buildkit, name, {})
      await succeed('POST', pods, { ...pod, metadata: { ...pod.metadata, ...metadata } })
      await succeed('PATCH', `${pods}/${name}/status`, { status: runningAt(ip) })
    },
    editStatus: (name, status) => succeed('PATCH', `${buildkits}/${name}/status`, { status }),
    deletePod: (name) => succeed('DELETE', `${pods}/${name}`),
    runPod: (name, ip) => succeed('PATCH', `${pods}/${name}/status`, { status: runningAt(ip) }),
    patchPodStatus: (name, status) => succeed('PATCH', `${pods}/${name}/status`, { status }),
    finishPod: (name) => succeed('DELETE', `${pods}/${name}`, { gracePeriodSeconds: 0 }),
    buildkit: (name) => succeed('GET', `${buildkits}/${name}`),
    status: async (name) => (await succeed('GET', `${buildkits}/${name}`)).status,
    pods: async () => (await succeed('GET', pods)).items.map(nameOf),
  }
}

function nameOf({
  metadata,
}: {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string }
}): string {
  return metadata.deletionTimestamp ? `(${metadata.name})` : metadata.name
}

/** What says of a Buildkit that its Pods have these names. */
export function namesOf(names: readonly string[] = []) {
  if (names.length === 0) return {}
  return { replicas: names.length, podName: names[0], podNames: names.length > 1 ? names : null }
}

/** It has a node from the start, or the API server would delete it without asking a kubelet. */
function podOf(buildkit: string, name: string, annotations: Readonly<Record<string, string>>) {
  const container = { name: 'buildkit', image: 'buildkit', ports: [{ name: 'tcp', containerPort: 1234 }] }
  return {
    metadata: { name, annotations, labels: { [BUILDKIT_LABEL]: buildkit } },
    spec: { nodeName: 'node', terminationGracePeriodSeconds: 900, containers: [container] },
  }
}

/** The status of a Pod that serves, as its kubelet writes it. */
export function runningAt(ip: string) {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const state = { running: { startedAt: now } }
  return {
    phase: 'Running',
    podIP: ip,
    podIPs: [{ ip }],
    conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: now }],
    containerStatuses: [
      { name: 'buildkit', image: 'buildkit', imageID: '', restartCount: 0, ready: true, started: true, state },
    ],
  }
}

/** The status as columns of `kubectl get buildkits` show it: endpoint, Ready, its reason. */
export function columns(pkg: Package, name: string): () => Promise<readonly (string | undefined)[]> {
  return async () => {
    const { endpoint, conditions = [] } = await pkg.status(name)
    const ready = conditions.find(({ type }: { type: string }) => type === 'Ready')
    return [endpoint, ready?.status, ready?.reason]
  }
}

/** A builder with this Pod serves at this address, and its status says so. */
export async function bringUp(pkg: Package, builder: { buildkit: string; pod: string; ip: string }): Promise<void> {
  const { buildkit, pod, ip } = builder
  await pkg.applyPod(buildkit, pod)
  await pkg.applyBuildkit(buildkit, pod)
  await pkg.runPod(pod, ip)
  await eventually(columns(pkg, buildkit), [`tcp://${ip}:1234`, 'True', 'PodReady'])
}

/** The order of `Package.pods`, which is that of the names. */
export function byName(a: string, b: string): number {
  return a.replace('(', '') < b.replace('(', '') ? -1 : 1
}
