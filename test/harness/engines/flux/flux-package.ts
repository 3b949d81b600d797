import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { Cluster } from '../../servers/cluster.ts'
import { eventually } from '../../servers/eventually.ts'
import type { ArtifactServer } from './artifact-server.ts'

/** A Kustomization of Flux with its source, in a namespace of its own. */
export interface FluxPackage {
  readonly namespace: string
  /** The source has these manifests from now on, in one file beside a Kptfile. */
  readonly publish: (rendered: string) => Promise<void>
  /** The same; resolves when Flux has applied them, or could not. */
  readonly push: (rendered: string) => Promise<void>
  /** `flux reconcile kustomization`: resolves when it is done. */
  readonly reconcile: () => Promise<void>
  /** A merge patch of the Kustomization's spec. */
  readonly configure: (spec: unknown) => Promise<void>
  /** Status, reason and message of the Kustomization's condition Ready. */
  readonly ready: () => Promise<Condition>
  /** What the Kustomization keeps track of: kinds and names. */
  readonly inventory: () => Promise<readonly string[]>
  /** Deletes the Kustomization; resolves when Flux has finished with it. */
  readonly remove: () => Promise<void>
}

export interface Condition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

export interface FluxPackageOptions {
  readonly namespace: string
  /** What differs from the Kustomization in examples/flux, beside its pauses, which are of seconds here. */
  readonly spec?: Readonly<Record<string, unknown>>
}

interface Surroundings {
  readonly cluster: Pick<Cluster, 'request'>
  readonly artifacts: ArtifactServer
}

const EXAMPLE = join(import.meta.dirname, '../../../../examples/flux/from-oci.yaml')
const PAUSES = { interval: '3s', retryInterval: '2s', timeout: '5s' }
const SECONDS = 60

/** Makes the namespace, too, where it is not there. */
export async function fluxPackage(
  { cluster: { request }, artifacts }: Surroundings,
  { namespace, spec }: FluxPackageOptions,
): Promise<FluxPackage> {
  const succeed = async (...call: Parameters<Cluster['request']>) => {
    const { status, body } = await request(...call)
    assert.ok(status < 300, `${call[0]} ${call[1]}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  await request('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  const { source, kustomization } = example(namespace)
  await succeed('POST', pathOf(source), source)
  Object.assign(kustomization.spec, PAUSES, spec)
  await succeed('POST', pathOf(kustomization), kustomization)
  const path = `${pathOf(kustomization)}/builders`
  const get = () => succeed('GET', path)
  const publish = async (rendered: string) => {
    const artifact = artifacts.add({ Kptfile: KPTFILE, 'builders.yaml': rendered })
    const conditions = [{ ...TRUE, lastTransitionTime: artifact.lastUpdateTime, observedGeneration: 1 }]
    await succeed('PATCH', `${pathOf(source)}/builders/status`, { status: { artifact, conditions } })
    return artifact.revision
  }
  return {
    namespace,
    publish: async (rendered) => void (await publish(rendered)),
    push: async (rendered) => {
      const revision = await publish(rendered)
      await eventually(async () => hasTried(await get(), revision), true, SECONDS)
    },
    reconcile: async () => {
      const requestedAt = new Date().toISOString()
      await succeed('PATCH', path, { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': requestedAt } } })
      await eventually(async () => (await get()).status.lastHandledReconcileAt, requestedAt, SECONDS)
    },
    configure: (change) => succeed('PATCH', path, { spec: change }),
    ready: async () => readyIn(await get()),
    inventory: async () =>
      ((await get()).status.inventory?.entries ?? []).map(({ id }: { readonly id: string }) => nameIn(id)).sort(),
    remove: async () => {
      await succeed('DELETE', path)
      await eventually(async () => (await request('GET', path)).status, 404, SECONDS)
    },
  }
}

/** Packages that kpt renders in place have one, which Flux shall leave alone. */
const KPTFILE = 'apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: builders\n'
const TRUE = { type: 'Ready', status: 'True', reason: 'Succeeded', message: 'stored artifact' }

// biome-ignore lint/suspicious/noExplicitAny: as it stands in a file, or as the API server sends it
type Item = any

/** The objects of the example, in another namespace. */
function example(namespace: string): { readonly source: Item; readonly kustomization: Item } {
  const [source, kustomization] = parseAllDocuments(readFileSync(EXAMPLE, 'utf8')).map((document) => {
    const object = document.toJS()
    return { ...object, metadata: { ...object.metadata, namespace } }
  })
  return { source, kustomization }
}

function pathOf({ apiVersion, kind, metadata }: Item): string {
  const plural = `${kind.toLowerCase()}s`.replace('ys', 'ies')
  return `/apis/${apiVersion}/namespaces/${metadata.namespace}/${plural}`
}

/** Whether Flux has applied a revision, and waits for health at most, or has given up for now. */
function hasTried({ status = {} }: Item, revision: string): boolean {
  if (status.lastAttemptedRevision !== revision) return false
  const conditions: readonly Condition[] = status.conditions ?? []
  return conditions.some(
    ({ type, status: value, message }) =>
      (type === 'Healthy' && message.includes(revision)) || (type === 'Ready' && value !== 'Unknown'),
  )
}

function readyIn({ status }: Item): Condition {
  return status?.conditions?.find(({ type }: Condition) => type === 'Ready') ?? {}
}

/** Of `default_shop_buildkit.seatgeek.io_Buildkit`, `Buildkit shop`. */
function nameIn(id: string): string {
  const [, name, , kind] = id.split('_')
  return `${kind} ${name}`
}
