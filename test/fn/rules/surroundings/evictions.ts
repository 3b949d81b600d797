import assert from 'node:assert/strict'
import { parseAllDocuments, stringify } from 'yaml'
import { startedStatus } from '../../../harness/engines/kubelet.ts'
import { render } from '../../../harness/engines/render.ts'
import type { Answer } from '../../../harness/servers/api-request.ts'
import type { Cluster } from '../../../harness/servers/cluster.ts'
import { eventually } from '../../../harness/servers/eventually.ts'
import { type BudgetCase, EVICTED, KEPT, REFUSED } from './budget-cases.ts'

/** The package of a case. */
export function manifestsOf({ replicas, budgets }: BudgetCase, namespace?: string): string {
  const metadata = (name: string) => ({ name, ...(namespace !== undefined && { namespace }) })
  const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
  return [
    { apiVersion, kind: 'BuildkitTemplate', metadata: metadata('example'), spec: {} },
    ...replicas.map((number, at) => ({
      apiVersion,
      kind: 'Buildkit',
      metadata: metadata(`builder-${at}`),
      spec: { template: 'example', ...(number > 1 && { replicas: number }) },
    })),
    ...budgets.map((spec, at) => ({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(`own-${at}`),
      spec,
    })),
  ]
    .map((object) => stringify(object))
    .join('---\n')
}

// biome-ignore lint/suspicious/noExplicitAny: as YAML has it
type Item = any

/** Creates what a cluster gets of a case in a namespace of its own, and evicts all Pods. */
export async function evictionsIn(
  { request }: Cluster,
  namespace: string,
  one: BudgetCase,
): Promise<readonly string[]> {
  await request('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  const objects: Item[] = parseAllDocuments(await render(manifestsOf(one, namespace))).map((document) =>
    document.toJS(),
  )
  const pods = objects.filter(({ kind }) => kind === 'Pod')
  const budgets = objects.filter(({ kind }) => kind === 'PodDisruptionBudget')
  const ready = pods.length - (one.unready ?? 0)
  for (const [at, pod] of pods.entries()) {
    await created(request('POST', `/api/v1/namespaces/${namespace}/pods`, pod))
    const status = startedStatus(pod, `10.1.0.${at + 1}`)
    const conditions = at < ready ? status.conditions : [{ type: 'Ready', status: 'False' }]
    await request('PATCH', `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/status`, {
      status: { ...status, conditions },
    })
  }
  const path = `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`
  for (const own of budgets) await created(request('POST', path, own))
  const seen = async () =>
    (await request('GET', path)).body.items.map(({ status }: Item) => status.observedGeneration ?? 0)
  await eventually(async () => (await seen()).every((generation: number) => generation > 0), true, 20_000)
  const answers: string[] = []
  for (const { metadata } of pods) answers.push(await evict({ request }, metadata))
  return answers
}

async function created(answer: Promise<Answer>): Promise<void> {
  const { status, body } = await answer
  assert.equal(status, 201, body.message)
}

async function evict({ request }: Pick<Cluster, 'request'>, metadata: Item): Promise<string> {
  const { name, namespace } = metadata
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } }
  const { status, body } = await request('POST', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, eviction)
  if (status === 201) return EVICTED
  if (status === 429) return KEPT
  assert.deepEqual([status, /more than one PodDisruptionBudget/.test(body.message)], [500, true], body.message)
  return REFUSED
}
