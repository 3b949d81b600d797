import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type EngineStage, startEngineStage } from '../../harness/engines/engine-stage.ts'
import { look } from '../../harness/engines/look.ts'
import { render } from '../../harness/engines/render.ts'
import { startKubectl } from '../../harness/engines/start-kubectl.ts'
import { binary, needs } from '../../harness/servers/binaries.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { runProgram } from '../../harness/servers/run-program.ts'
import { judgeBesideControllers } from '../budgets/beside-controllers.ts'
import * as drains from '../budgets/kubectl-drain.ts'
import { judgeOwnBudgets } from '../budgets/own-budgets.ts'
import { evictMostThatAreNotReady, evictWhatIsNotReady } from '../budgets/rendered-budgets.ts'
import { START } from '../claims/builders.ts'
import { phasesOf } from '../claims/claims-of.ts'
import { create as createClaims, grow, growWhatCannot } from '../claims/growth.ts'
import { type Builders, packageOf } from '../claims/package-of.ts'
import type { Story } from '../claims/story.ts'
import { recreate } from '../claims/succession.ts'
import { builders, SECOND } from '../replicas/builders.ts'
import { drain } from '../replicas/evictions.ts'
import { evict, podNamesOf, replicasOf } from '../replicas/replicas-of.ts'
import { create, roll, rollBack } from '../replicas/succession.ts'

/** In the order in which they happen. */
const SCENARIOS: Readonly<Record<string, (story: Story) => Promise<void>>> = {
  'builders of several Pods are created, drained, rolled and rolled back': async (story) => {
    for (const chapter of [create, drain, roll, rollBack]) await chapter(story)
  },

  'a PodDisruptionBudget stays when one Pod is left, until somebody deletes it': async ({ cluster, engine }) => {
    await engine.sync(packageOf(builders({ image: SECOND, replicas: 1 })))
    const [podName = ''] = await podNamesOf(cluster, 'scratch')
    const seen = async () => {
      const { pods, budget } = await replicasOf(cluster, 'scratch')
      return { pods, budget }
    }
    await eventually(seen, { pods: [podName], budget: { minAvailable: 2, healthy: 1, allowed: 0 } })
    assert.equal(await evict(cluster, podName), 429)
    const selector = 'buildkit.seatgeek.io/buildkit=scratch,buildkit.seatgeek.io/managed-by=render-buildkit'
    await cluster.kubectl(['delete', 'poddisruptionbudget', `--selector=${selector}`, '--namespace=default'])
    assert.equal((await replicasOf(cluster, 'scratch')).budget, undefined)
  },

  'claims are created, grow and stay from Pod to Pod': async (story) => {
    for (const chapter of [createClaims, grow, growWhatCannot, recreate]) await chapter(story)
  },

  'a smaller size is refused by the API server, and the builder serves': async ({ engine, cluster }) => {
    const said = await engine.refused(packageOf(START))
    assert.match(said, /spec\.resources\.requests\.storage: Forbidden: field can not be less than status\.capacity/)
    assert.equal((await look(cluster, 'shop')).ready, 'True PodReady')
  },

  'a claim stays when its Buildkit is deleted, until somebody deletes it': async ({ cluster }) => {
    await cluster.kubectl(['delete', 'buildkit', 'leaves', '--namespace=default'])
    await eventually(async () => (await look(cluster, 'leaves')).pods, [], 90)
    assert.deepEqual(await phasesOf(cluster, 'leaves'), ['Bound'])
    await cluster.kubectl(['delete', 'pvc', '--selector=buildkit.seatgeek.io/buildkit=leaves', '--namespace=default'])
    await eventually(() => phasesOf(cluster, 'leaves'), [])
  },

  'an ApplySet prunes claims, also those that are to be retained': async ({ cluster }) => {
    const apply = await applySet(cluster, 'claims')
    const { leaves, kept } = START
    await apply({ leaves, kept })
    for (const name of ['leaves', 'kept'])
      await eventually(async () => (await look(cluster, name, 'claims')).ready, 'True PodReady')
    await apply({ shop: START.shop })
    for (const name of ['leaves', 'kept']) await eventually(() => phasesOf(cluster, name, 'claims'), [])
  },

  'an ApplySet prunes the Pods and the PodDisruptionBudget of replicas that Git has taken away': async ({
    cluster,
  }) => {
    const apply = await applySet(cluster, 'replicas')
    const names = async (kinds: string) =>
      (await cluster.kubectl(['get', kinds, '--namespace=replicas', '--output=name'])).stdout
        .split('\n')
        .filter(Boolean)
    await apply({ shop: { ...START.shop, replicas: 3 } })
    assert.equal((await names('pods,pvc,pdb')).length, 7)
    await apply({ shop: START.shop })
    await eventually(async () => (await names('pods,pvc,pdb')).length, 2)
    await eventually(async () => (await look(cluster, 'shop', 'replicas')).ready, 'True PodReady')
  },

  'what rules say of PodDisruptionBudgets is what Kubernetes does': judgeOwnBudgets,

  'a PodDisruptionBudget that selects Pods of controllers too lets builders go': judgeBesideControllers,

  'of replicas, the one that is not ready may be evicted, and no other one': async (story) => {
    for (const chapter of [evictWhatIsNotReady, evictMostThatAreNotReady]) await chapter(story)
  },

  'kubectl drain refuses builders without `--force`, and those with an emptyDir without another option':
    drains.refuseWithoutFlags,
  'kubectl drain rehearses, and finds PodDisruptionBudgets that block': drains.rehearse,
  'kubectl drain keeps the grace period of a builder, unless it is given another': drains.keepGracePeriod,
  'kubectl drain ends no second replica while the first has no node': drains.waitForAnotherNode,
  'kubectl drain without evictions deletes all replicas at once': drains.deleteWithoutEviction,
}

suite('under kubectl', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager', 'kube-scheduler'),
}, () => {
  let stage: EngineStage
  before(async () => {
    stage = await startEngineStage(startKubectl, { hasStorage: true })
  })
  after(() => stage.stop())

  for (const [name, scenario] of Object.entries(SCENARIOS))
    test(name, (t) => scenario({ ...stage, tell: (text) => t.diagnostic(text) }))
})

/** Applies builders that the engine retires as one set, in a namespace of their own, and prunes what has left it. */
async function applySet({ request, kubeconfig }: Cluster, namespace: string) {
  await request('POST', '/api/v1/namespaces', { metadata: { name: namespace } })
  const flags = [`--namespace=${namespace}`, '--prune', '--applyset=builders', '-f', '-']
  const env = { ...process.env, KUBECTL_APPLYSET: 'true', KUBECONFIG: kubeconfig }
  return async (set: Builders) => {
    const input = await render(packageOf(set, { retirement: 'engine' }, namespace))
    const { code, stderr } = await runProgram(binary('kubectl'), ['apply', ...flags], { input, env })
    assert.equal(code, 0, stderr)
  }
}
