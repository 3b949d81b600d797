import assert from 'node:assert/strict'
import type { Cluster } from '../../servers/cluster.ts'
import { eventually } from '../../servers/eventually.ts'

/** An Application as users write it. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly [field: string]: unknown }
  readonly spec: Readonly<Record<string, unknown>>
}

/** An Application in a cluster. */
export interface Application {
  /** What its status says of it as a whole: "Synced and Healthy". */
  readonly verdict: () => Promise<string>
  /** The errors in its status, one a line. */
  readonly errors: () => Promise<string>
  /** What its status says of each object: "Pod a-1: Synced". */
  readonly objects: () => Promise<readonly string[]>
  /** Resolves when it has compared with this commit and is Synced. */
  readonly synced: (commit: string) => Promise<void>
  /** Has it look at Git now; `hard` forgets what was rendered before as well. */
  readonly refresh: (kind?: 'normal' | 'hard') => Promise<void>
  /** What its last sync, or the one at work, says. */
  readonly message: () => Promise<string>
  /** What its last sync has pruned. */
  readonly pruned: () => Promise<readonly string[]>
  /** With what Argo CD makes manifests of its folder. */
  readonly sourceType: () => Promise<string>
  /** What a webhook of Git does for a source hydrator, which does not look by itself. */
  readonly hydrate: () => Promise<void>
  /** When it began its last sync, self-healing included. */
  readonly lastSync: () => Promise<string>
  /** As `kubectl delete` does: with all that it manages. */
  readonly remove: () => Promise<void>
}

const APPLICATIONS = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications'
const REFRESH = 'argocd.argoproj.io/refresh'
const SECONDS = 60

export async function createApplication(
  { request }: Pick<Cluster, 'request'>,
  manifest: Manifest,
): Promise<Application> {
  const path = `${APPLICATIONS}/${manifest.metadata.name}`
  const created = await request('POST', `${APPLICATIONS}?fieldValidation=Strict`, manifest)
  assert.equal(created.status, 201, JSON.stringify(created.body))
  const read = async () => (await request('GET', path)).body
  const status = async () => (await read()).status ?? {}
  const refresh = async (kind = 'normal') => {
    await request('PATCH', path, { metadata: { annotations: { [REFRESH]: kind } } })
    await eventually(async () => (await read()).metadata.annotations?.[REFRESH], undefined, SECONDS)
  }
  return {
    verdict: async () => {
      const { sync, health } = await status()
      return `${sync?.status} and ${health?.status}`
    },
    errors: async () => linesOf((await status()).conditions),
    objects: async () => objectsOf((await status()).resources),
    refresh,
    hydrate: async () => {
      await request('PATCH', path, { metadata: { annotations: { 'argocd.argoproj.io/hydrate': 'normal' } } })
    },
    synced: async (commit) => {
      await refresh()
      const seen = async () => {
        const { sync, operationState, conditions } = await status()
        const isDone = operationState === undefined || operationState.phase === 'Succeeded'
        return { revision: sync?.revision, sync: sync?.status, isDone, errors: linesOf(conditions) }
      }
      await eventually(seen, { revision: commit, sync: 'Synced', isDone: true, errors: '' }, SECONDS)
    },
    message: async () => {
      const { phase, message } = (await status()).operationState ?? {}
      return `${phase}: ${message}`
    },
    pruned: async () => {
      const results: readonly Resource[] = (await status()).operationState?.syncResult?.resources ?? []
      return results.filter((result) => result.status === 'Pruned').map(({ kind, name }) => `${kind} ${name}`)
    },
    sourceType: async () => (await status()).sourceType,
    lastSync: async () => (await status()).operationState?.startedAt,
    remove: async () => {
      await request('DELETE', path)
      await eventually(async () => (await request('GET', path)).status, 404, SECONDS)
    },
  }
}

interface Condition {
  readonly type: string
  readonly message: string
}

function linesOf(conditions: readonly Condition[] = []): string {
  return conditions.map(({ type, message }) => `${type}: ${message}`).join('\n')
}

interface Resource {
  readonly kind: string
  readonly name: string
  readonly status?: string
  readonly health?: { readonly status: string }
}

function objectsOf(resources: readonly Resource[] = []): readonly string[] {
  return resources.map(({ kind, name, status }) => `${kind} ${name}: ${status}`)
}
