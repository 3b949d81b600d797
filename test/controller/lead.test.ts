import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGate } from '../../controller/act/gate.ts'
import { createLeader } from '../../controller/lead.ts'
import { takeBuildkit } from '../../controller/observe/take-change.ts'
import { countsOf, createStore } from '../../controller/store.ts'
import { at, buildkit, FIRST } from './decide-cases/builder.ts'
import { until } from './lease/election.ts'

test('a leader that looks at all builders for the first time takes those first of which it hears something', async () => {
  const store = createStore()
  for (const name of ['a', 'b', 'c', 'd'])
    takeBuildkit(store, { type: 'set', object: { ...buildkit(FIRST), name, uid: name }, before: undefined }, at(0))
  const written: string[] = []
  const { promise: first, resolve: begun } = Promise.withResolvers<void>()
  const { promise: goOn, resolve: answer } = Promise.withResolvers<void>()
  const leader = createLeader({
    reconciler: {
      store,
      graces: { handoverMilliseconds: 0, quarantineMilliseconds: 0, orphanMilliseconds: 0 },
      holdBack: () => 'disabled',
      observer: { onStatus: () => undefined, onStatusError: () => undefined, onDeletion: () => undefined },
      cluster: {
        readBuildkits: async () => [],
        listPods: async () => [],
        deletePod: async () => undefined,
        clearEndpoint: async (patched) => patched,
        patchStatus: async (patched, status) => {
          written.push(patched.name)
          begun()
          await goOn
          return { ...patched, resourceVersion: '2', status }
        },
      },
    },
    gate: createGate({
      gc: 'disabled',
      isFresh: () => true,
      counts: () => countsOf(store),
      onBreaker: () => undefined,
    }),
    concurrency: 1,
    observer: { onAdd: () => undefined, onStart: () => undefined, onEnd: () => undefined },
    synced: Promise.resolve(),
  })
  const epoch = new AbortController()
  const ended = leader.lead(epoch.signal)
  await first
  leader.enqueue(['ci/d'])
  answer()
  await until(() => written.length === 4)
  epoch.abort()
  await ended
  assert.deepEqual(written, ['a', 'd', 'b', 'c'])
})
