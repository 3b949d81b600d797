import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHistory } from '../../../controller/kube/history.ts'

function watched() {
  const history = createHistory()
  const evidence: string[] = []
  history.onRewritten((found) => evidence.push(found))
  return { history, evidence }
}

test('an answer that is older than what was known before the question shows another history', () => {
  const { history, evidence } = watched()
  history.reached('pods', '99999999999999999999')
  history.ask('pods')({ resourceVersion: '100000000000000000000' })
  history.ask('buildkits')({ resourceVersion: '7' })
  history.ask('pods')({ resourceVersion: '99999999999999999999' })
  assert.deepEqual(
    [evidence, history.generation()],
    [['pods must be at resourceVersion 100000000000000000000 or later, got 99999999999999999999'], 1],
  )
})

test('an answer is not compared with what became known after the question', () => {
  const { history, evidence } = watched()
  const answered = history.ask('pods')
  history.reached('pods', '9')
  answered({ resourceVersion: '8' })
  assert.deepEqual(evidence, [])
})

test('an object that must stay the same, and has another uid, shows another history', () => {
  const { history, evidence } = watched()
  history.ask('lease')({ uid: 'a', resourceVersion: '1' })
  history.ask('lease')({ uid: 'b', resourceVersion: '2' })
  history.ask('lease')({ uid: 'b', resourceVersion: '3' })
  assert.deepEqual(evidence, ['lease must have the uid a, got b'])
})

test('what was asked of an earlier history says nothing of the present one', () => {
  const { history, evidence } = watched()
  history.reached('pods', '9')
  const answered = history.ask('pods')
  history.ask('pods')({ resourceVersion: '3' })
  answered({ resourceVersion: '10' })
  history.ask('pods')({ resourceVersion: '4' })
  assert.equal(evidence.length, 1)
})

test('a resourceVersion that is no number is no evidence', () => {
  const { history, evidence } = watched()
  history.reached('pods', 'b')
  history.ask('pods')({ resourceVersion: 'a' })
  assert.deepEqual(evidence, [])
})
