import assert from 'node:assert/strict'
import { look } from '../../harness/engines/look.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { SECONDS, type Story } from '../claims/story.ts'
import { applyBuilders, budgetsOf, create, rulesBroken } from './apply.ts'
import { type Counts, countsOf, evict, type Item, podsOf } from './evictions.ts'

const NAMESPACE = 'beside-controllers'
const BUILDERS = { one: { image: 'moby/buildkit:v0.34.2' } }

/** PodDisruptionBudgets that select a builder and both Pods of a ReplicaSet: why rules cannot be sure of those. */
export async function judgeBesideControllers({ cluster, tell }: Story): Promise<void> {
  await applyBuilders(cluster, NAMESPACE, BUILDERS)
  const web = await createReplicaSet(cluster)
  await eventually(async () => (await look(cluster, 'one', NAMESPACE)).ready, 'True PodReady', SECONDS)
  const [builder] = await podsOf(cluster, NAMESPACE, 'one')
  const judge = async (spec: object, counts: Counts) => {
    const budgets = budgetsOf(NAMESPACE, [{ ...spec, selector: {} }])
    const remove = await create(cluster, budgets)
    await eventually(() => countsOf(cluster, { namespace: NAMESPACE, name: 'own-0' }), counts)
    assert.equal(await evict(cluster, builder, 'All'), '201')
    return { remove, broken: rulesBroken(NAMESPACE, BUILDERS, budgets) }
  }
  const { remove, broken } = await judge({ minAvailable: 1 }, [2, 3, 3, 1])
  await remove()
  assert.deepEqual(broken, ['BK716'])
  const uncounted = await judge({ maxUnavailable: 1 }, [2, 2, 3, 1])
  assert.deepEqual(uncounted.broken, ['BK715'])
  assert.deepEqual([await evict(cluster, web[0]), await evict(cluster, web[1])], ['201', '201'])
  await uncounted.remove()
  tell(
    'Because of a builder, a PodDisruptionBudget with `maxUnavailable: 1` allows to evict both Pods of a ReplicaSet.',
  )
}

/** No controller of ReplicaSets runs, so its Pods are created here, and none comes back. */
async function createReplicaSet({ request }: Cluster): Promise<readonly Item[]> {
  const labels = { app: 'web' }
  const spec = { containers: [{ name: 'web', image: 'web' }] }
  const { body } = await request('POST', `/apis/apps/v1/namespaces/${NAMESPACE}/replicasets`, {
    metadata: { name: 'web' },
    spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  })
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: body.metadata.uid, controller: true }
  const created = [0, 1].map((at) =>
    request('POST', `/api/v1/namespaces/${NAMESPACE}/pods`, {
      metadata: { name: `web-${at}`, labels, ownerReferences: [owner] },
      spec,
    }),
  )
  return (await Promise.all(created)).map((answer) => answer.body)
}
