import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Cluster } from '../../controller/cluster.ts'
import { createLeader, type Leader } from '../../controller/lead.ts'
import { takeBuildkit } from '../../controller/observe/take-change.ts'
import { createStore, type Store } from '../../controller/store.ts'
import { at, buildkit, FIRST } from './decide-cases/builder.ts'
import { until } from './kube/lease/election.ts'

interface Scene {
  readonly store: Store
  readonly isSynced: (namespace: string) => boolean
  /** Told each Buildkit whose status is written; what it waits for holds the write back. */
  readonly onWrite: (name: string) => Promise<void> | undefined
}

/** A leader with one worker for each namespace. */
function createScene({ store, isSynced, onWrite }: Scene): Leader {
  const cluster: Cluster = {
    readBuildkits: async () => [],
    listPods: async () => [],
    deletePod: async () => undefined,
    clearEndpoint: async (patched) => patched,
    patchStatus: async (patched, status) => {
      await onWrite(`${patched.namespace}/${patched.name}`)
      return { ...patched, resourceVersion: '2', status }
    },
  }
  return createLeader({
    reconciler: {
      store,
      cluster,
      graces: { handoverMilliseconds: 0, quarantineMilliseconds: 0, orphanMilliseconds: 0 },
      holdBack: () => 'disabled',
      observer: { onStatus: () => undefined, onStatusError: () => undefined, onDeletion: () => undefined },
    },
    gate: { holdBack: () => 'disabled', sweep: () => undefined },
    concurrency: 1,
    observer: { onAdd: () => undefined, onStart: () => undefined, onEnd: () => undefined },
    isSynced,
  })
}

/** A store with these Buildkits, whose status is not written yet. */
function storeOf(...keys: readonly string[]): Store {
  const store = createStore()
  for (const key of keys) {
    const [namespace = '', name = ''] = key.split('/')
    const object = { ...buildkit(FIRST, { endpoint: 'tcp://6.6.6.6:1234' }), namespace, name, uid: key }
    takeBuildkit(store, { type: 'set', object, before: undefined }, at(0))
  }
  return store
}

test('a leader that looks at all builders for the first time takes those first of which it hears something', async () => {
  const written: string[] = []
  const { promise: first, resolve: begun } = Promise.withResolvers<void>()
  const { promise: goOn, resolve: answer } = Promise.withResolvers<void>()
  const onWrite = (name: string) => {
    written.push(name)
    begun()
    return goOn
  }
  const leader = createScene({ store: storeOf('ci/a', 'ci/b', 'ci/c', 'ci/d'), isSynced: () => true, onWrite })
  const epoch = new AbortController()
  const ended = leader.lead(epoch.signal)
  await first
  leader.enqueue(['ci/d'])
  answer()
  await until(() => written.length === 4)
  epoch.abort()
  await ended
  assert.deepEqual(written, ['ci/a', 'ci/d', 'ci/b', 'ci/c'])
})

test('a leader works on namespaces that are synced, and on all of another one when it is', async () => {
  const written: string[] = []
  const synced = new Set(['one'])
  const onWrite = (name: string) => {
    written.push(name)
    return undefined
  }
  const store = storeOf('one/a', 'two/a', 'two/b')
  const leader = createScene({ store, isSynced: (namespace) => synced.has(namespace), onWrite })
  const epoch = new AbortController()
  const ended = leader.lead(epoch.signal)
  leader.enqueue(['two/a'])
  await until(() => written.length === 1)
  await setTimeout(20)
  assert.deepEqual(written, ['one/a'])
  synced.add('two')
  leader.onSynced('two')
  await until(() => written.length === 3)
  epoch.abort()
  await ended
  assert.deepEqual(written, ['one/a', 'two/a', 'two/b'])
})
