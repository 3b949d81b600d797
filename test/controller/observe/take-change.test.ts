import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeBuildkit, takePod } from '../../../controller/observe/take-change.ts'
import { createStore, forgetAll } from '../../../controller/store.ts'
import { at, buildkit, FIRST, pod, SECOND, THIRD } from '../decide-cases/builder.ts'

function known() {
  const store = createStore()
  takePod(store, { type: 'set', object: pod(FIRST), before: undefined }, at(1000))
  takeBuildkit(store, { type: 'set', object: buildkit(FIRST), before: undefined }, at(1000))
  return store
}

for (const [how, absence] of [
  ['deleted', { how: 'deleted', since: 2000, uid: buildkit(FIRST).uid }],
  ['missing', { how: 'never seen', since: 2000, uid: buildkit(FIRST).uid }],
] as const)
  test(`a Buildkit that is ${how} counts as ${absence.how}: after an outage a list may be of another history`, () => {
    const store = known()
    takeBuildkit(store, { type: 'gone', object: buildkit(FIRST), how }, at(2000))
    assert.deepEqual([...store.absences.values()], [absence])
  })

test('a former name is forgotten when its Pod is gone', () => {
  const store = known()
  const before = { ...buildkit(SECOND), formerPodNames: [FIRST, THIRD] }
  store.buildkits.set('ci/b', before)
  takePod(store, { type: 'gone', object: pod(FIRST), how: 'deleted' }, at(2000))
  assert.deepEqual(store.buildkits.get('ci/b'), { ...before, formerPodNames: [THIRD] })
})

test('a store that forgets everything equals a new one', () => {
  const store = known()
  takeBuildkit(store, { type: 'gone', object: buildkit(FIRST), how: 'deleted' }, at(2000))
  store.refusals.set('uid', { message: 'no', time: 2000 })
  forgetAll(store)
  assert.deepEqual(store, createStore())
})
