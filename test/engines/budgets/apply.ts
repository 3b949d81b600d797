import assert from 'node:assert/strict'
import { stringify } from 'yaml'
import { rulesBrokenBy } from '../../fn/rules/rules-broken.ts'
import { render } from '../../harness/engines/render.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { type Builders, packageOf } from '../claims/package-of.ts'

/** Renders builders and applies them to a namespace, which is created if it does not exist. */
export async function applyBuilders(cluster: Cluster, namespace: string, builders: Builders): Promise<void> {
  await cluster.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  const input = await render(packageOf(builders, undefined, namespace))
  const { code, stderr } = await cluster.kubectl(['apply', '-f', '-'], { input })
  assert.equal(code, 0, stderr)
}

/** PodDisruptionBudgets that somebody has written, from the `spec` of each. */
export function budgetsOf(namespace: string, specs: readonly object[]) {
  return specs.map((spec, at) => ({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: `own-${at}`, namespace },
    spec,
  }))
}
type Budgets = ReturnType<typeof budgetsOf>

/** Creates them; the result deletes them again. */
export async function create({ request }: Cluster, budgets: Budgets): Promise<() => Promise<void>> {
  const path = ({ namespace }: Budgets[number]['metadata']) =>
    `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`
  for (const budget of budgets) assert.equal((await request('POST', path(budget.metadata), budget)).status, 201)
  return async () => {
    for (const { metadata } of budgets) await request('DELETE', `${path(metadata)}/${metadata.name}`)
  }
}

/** Which of the rules about PodDisruptionBudgets a package with builders and these breaks. */
export function rulesBroken(namespace: string, builders: Builders, budgets: Budgets): readonly string[] {
  const manifests = [packageOf(builders, undefined, namespace), ...budgets.map((budget) => stringify(budget))]
  return rulesBrokenBy(manifests.join('---\n')).filter((rule) => /^BK71[567]$/.test(rule))
}
