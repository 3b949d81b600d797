import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readNow } from '../../controller/kube/now.ts'
import type { Buildkit } from '../../controller/observation.ts'
import { takeBuildkit, takePod } from '../../controller/observe/take-change.ts'
import { type Reconciler, reconcile } from '../../controller/reconcile.ts'
import { createStore, keyOf } from '../../controller/store.ts'
import { ago, at, HOUR, pod, buildkit as rendered } from './decide-cases/builder.ts'
import { readyStatus } from './decide-cases/status.ts'

const GRACES = { handoverMilliseconds: 30_000, quarantineMilliseconds: 10_000, orphanMilliseconds: 3_600_000 }

function buildkit(resourceVersion: string, podName: string): Buildkit {
  return {
    namespace: 'ci',
    name: 'b',
    uid: '1',
    resourceVersion,
    generation: Number(resourceVersion),
    podNames: [podName],
    status: {},
  }
}

test('an answer that arrives after the watch does not restore an older Buildkit', async () => {
  const store = createStore()
  const before = buildkit('1', 'b-8b8bdf67s7')
  const newer = buildkit('3', 'b-9c9cfg78t8')
  takeBuildkit(store, { type: 'set', object: before, before: undefined }, at(0))
  takePod(store, { type: 'set', object: pod('b-8b8bdf67s7'), before: undefined }, at(0))
  const reconciler: Reconciler = {
    store,
    graces: GRACES,
    holdBack: () => 'disabled',
    observer: { onStatus: () => undefined, onStatusError: () => undefined, onDeletion: () => undefined },
    cluster: {
      readBuildkits: async () => [],
      listPods: async () => [],
      deletePod: async () => undefined,
      clearEndpoint: async (patched) => patched,
      patchStatus: async (patched, status) => {
        takeBuildkit(store, { type: 'set', object: newer, before }, at(0))
        return { ...patched, resourceVersion: '2', status }
      },
    },
  }
  await reconcile(keyOf('ci', 'b'), reconciler)
  assert.deepEqual([...store.buildkits.values()], [{ ...newer, podNamesSeen: 0, formerPodNames: ['b-8b8bdf67s7'] }])
})

test('of many Pods to delete each look deletes one, and the next look follows at once', async () => {
  const store = createStore()
  const [old, older, current] = ['b-ffffffffff', 'b-tttttttttt', 'b-ssssssssss']
  const written = { podNamesWritten: Date.now() - 60_000 }
  const read = rendered(current, readyStatus(current, { pods: [old, older, current].sort() }), written)
  takeBuildkit(store, { type: 'set', object: read, before: undefined }, readNow())
  const pods = [old, older, current].map((name) => pod(name, { created: ago(2 * HOUR) }))
  for (const object of pods) takePod(store, { type: 'set', object, before: undefined }, readNow())
  const deleted: string[] = []
  const reconciler: Reconciler = {
    store,
    graces: { ...GRACES, handoverMilliseconds: 0 },
    holdBack: () => undefined,
    observer: { onStatus: () => undefined, onStatusError: () => undefined, onDeletion: () => undefined },
    cluster: {
      readBuildkits: async () => [...store.buildkits.values()],
      listPods: async () => pods.filter(({ name }) => !deleted.includes(name)),
      deletePod: async ({ name }) => void deleted.push(name),
      clearEndpoint: async (patched) => patched,
      patchStatus: async (patched, status) => ({ ...patched, status, resourceVersion: '2' }),
    },
  }
  const waits = [await reconcile(keyOf('ci', 'b'), reconciler)]
  assert.deepEqual([deleted, waits], [[old], [0]])
  // The watch does not know yet that the first is gone.
  waits.push(await reconcile(keyOf('ci', 'b'), reconciler))
  assert.deepEqual(
    [deleted, waits],
    [
      [old, older],
      [0, 10_000],
    ],
  )
})
