import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cluster } from '../../controller/cluster.ts'
import { decide } from '../../controller/decide.ts'
import { takeBuildkit, takePod } from '../../controller/observe/take-change.ts'
import { type Reconciler, reconcile } from '../../controller/reconcile.ts'
import { createStore, keyOf, type Store } from '../../controller/store.ts'
import { at, buildkit, FIRST, NOW, observation, pendingPod, pod, SECOND, THIRD } from './decide-cases/builder.ts'

const KEY = keyOf('ci', 'b')
const GRACES = { handoverMilliseconds: 0, quarantineMilliseconds: 0, orphanMilliseconds: 0 }

test('status is a function of (observation, now)', () => {
  const pods = [pod(FIRST), pod(SECOND, { created: NOW }), pendingPod(THIRD)]
  const seen = observation(pods, { buildkit: buildkit(SECOND) })
  const shuffled = observation(pods.toReversed(), { buildkit: buildkit(SECOND) })
  assert.deepEqual(decide(seen, at(NOW)), decide(seen, at(NOW)))
  assert.deepEqual(decide(shuffled, at(NOW)), decide(seen, at(NOW)))
})

test('an unchanged status is never written', async () => {
  const store = createStore()
  takeBuildkit(store, { type: 'set', object: buildkit(SECOND), before: undefined }, at(0))
  takePod(store, { type: 'set', object: pod(SECOND), before: undefined }, at(0))
  const { cluster, calls } = recording(store)
  await reconcile(KEY, reconcilerOn(store, cluster))
  const written = calls.filter((call) => call === 'patchStatus').length
  await reconcile(KEY, reconcilerOn(store, cluster))
  await reconcile(KEY, reconcilerOn(store, cluster))
  assert.deepEqual([written, calls.filter((call) => call === 'patchStatus').length], [1, 1])
})

test('a Pod is deleted only after a live re-check', async () => {
  const store = storeWithRoll()
  const { cluster, calls } = recording(store)
  const reconciler = reconcilerOn(store, cluster)
  // Its cache still has the Buildkit that wants the second Pod; the live one wants the first again.
  const rolledBack = { ...cluster, readBuildkits: async () => [buildkit(FIRST)] }
  await reconcile(KEY, { ...reconciler, cluster: rolledBack })
  assert.equal(calls.includes('deletePod'), false)
  await reconcile(KEY, reconciler)
  assert.deepEqual(calls.slice(-3), ['readBuildkits', 'listPods', 'deletePod'])
})

/** Two ready Pods, of which the second, an hour younger, is the current one. */
function storeWithRoll(): Store {
  const store = createStore()
  const object = buildkit(SECOND, {}, { podNamesWritten: Date.now() - 60_000 })
  const written = {
    ...object,
    status: decide(observation([pod(SECOND)], { buildkit: object }), at(Date.now() - 60_000)).status ?? {},
  }
  takeBuildkit(store, { type: 'set', object: written, before: undefined }, at(0))
  for (const each of [pod(FIRST), pod(SECOND)]) takePod(store, { type: 'set', object: each, before: undefined }, at(0))
  return store
}

/** A cluster that has exactly what the store has, and notes what it is asked. */
function recording(store: Store): { readonly cluster: Cluster; readonly calls: readonly string[] } {
  const calls: string[] = []
  const cluster: Cluster = {
    readBuildkits: async () => {
      calls.push('readBuildkits')
      return [...store.buildkits.values()]
    },
    listPods: async () => {
      calls.push('listPods')
      return [...(store.pods.get(KEY)?.values() ?? [])]
    },
    clearEndpoint: async (patched) => patched,
    patchStatus: async (patched, status) => {
      calls.push('patchStatus')
      return { ...patched, status, resourceVersion: `${patched.resourceVersion}1` }
    },
    deletePod: async () => {
      calls.push('deletePod')
    },
  }
  return { cluster, calls }
}

function reconcilerOn(store: Store, cluster: Cluster): Reconciler {
  const observer = { onStatus: () => undefined, onStatusError: () => undefined, onDeletion: () => undefined }
  return { store, cluster, graces: GRACES, holdBack: () => undefined, observer }
}
