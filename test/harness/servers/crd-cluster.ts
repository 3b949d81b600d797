import { setTimeout } from 'node:timers/promises'
import { customResourceDefinition } from '../../../crds/generate/custom-resource-definition.ts'
import { KINDS } from '../../../crds/generate/kinds.ts'
import type { Answer } from './api-request.ts'
import { type Cluster, startCluster } from './cluster.ts'

export interface CrdCluster extends Cluster {
  /** What the API server answered to each CustomResourceDefinition, and what it made of it, by kind. */
  readonly definitions: Readonly<Record<string, { readonly created: Answer; readonly established: Answer }>>
}

/** A cluster on which both kinds are established. */
export async function startCrdCluster(options: Parameters<typeof startCluster>[0] = {}): Promise<CrdCluster> {
  const cluster = await startCluster(options)
  const entries: [string, CrdCluster['definitions'][string]][] = []
  for (const kind of KINDS) {
    const definition = customResourceDefinition(kind)
    const created = await cluster.request('POST', `${DEFINITIONS}?fieldValidation=Strict`, definition)
    entries.push([kind.kind, { created, established: await established(cluster, definition.metadata.name) }])
  }
  return { ...cluster, definitions: Object.fromEntries(entries) }
}

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

async function established(cluster: Cluster, name: string): Promise<Answer> {
  const answer = await cluster.request('GET', `${DEFINITIONS}/${name}`)
  if (conditionsIn(answer).Established === 'True') return answer
  await setTimeout(50)
  return established(cluster, name)
}

/** The conditions of an object, status by type. */
export function conditionsIn({ body }: Answer): Readonly<Record<string, string>> {
  const conditions: { type: string; status: string }[] = body.status?.conditions ?? []
  return Object.fromEntries(conditions.map(({ type, status }) => [type, status]))
}
