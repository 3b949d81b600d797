import assert from 'node:assert/strict'
import { look } from '../../harness/engines/look.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { SECONDS, type Story } from '../claims/story.ts'
import { applyBuilders, budgetsOf, create, rulesBroken } from './apply.ts'
import { BUILDERS, CASES, type Case, type Name } from './cases.ts'
import { countsOf, evict, type Item, podsOf, setReady } from './evictions.ts'

const NAMESPACE = 'budgets'

/** For each PodDisruptionBudget that users may write: which rules it breaks, what Kubernetes counts, and whom it lets go. */
export async function judgeOwnBudgets({ cluster, tell }: Story): Promise<void> {
  const pods = await start(cluster)
  for (const [words, { budgets: specs, broken, counts, refused }] of Object.entries(CASES)) {
    const budgets = budgetsOf(NAMESPACE, specs)
    const remove = await create(cluster, budgets)
    const counted = () => Promise.all(budgets.map(({ metadata }) => countsOf(cluster, metadata)))
    await eventually(counted, [...counts])
    assert.deepEqual(
      { broken: rulesBroken(NAMESPACE, BUILDERS, budgets), refused: await refusedOf(cluster, pods) },
      { broken, refused },
      words,
    )
    await remove()
  }
  tell(`Of ${Object.keys(CASES).length} kinds of PodDisruptionBudgets, rules say what Kubernetes does.`)
}

async function start(cluster: Cluster): Promise<ReadonlyMap<Name, Item>> {
  await applyBuilders(cluster, NAMESPACE, BUILDERS)
  const names = Object.keys(BUILDERS) as Name[]
  for (const name of names) {
    const ready = name === 'starting' ? 'False ImagePullBackOff' : 'True PodReady'
    await eventually(async () => (await look(cluster, name, NAMESPACE)).ready, ready, SECONDS)
  }
  const pods = await Promise.all(
    names.map(async (name) => [name, (await podsOf(cluster, NAMESPACE, name))[0]] as const),
  )
  const all = new Map(pods)
  await setReady(cluster, all.get('unready'), false)
  return all
}

async function refusedOf(cluster: Cluster, pods: ReadonlyMap<Name, Item>): Promise<Case['refused']> {
  const answers = await Promise.all(
    [...pods].map(async ([name, pod]) => [name, await evict(cluster, pod, 'All')] as const),
  )
  return Object.fromEntries(answers.filter(([, answer]) => answer !== '201'))
}
