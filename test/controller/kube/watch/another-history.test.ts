import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHistory } from '../../../../controller/kube/history.ts'
import type { Answerer } from '../api/local-server.ts'
import { type Course, event, list, noAnswer, reflect, refusal, watch } from './scripted-server.ts'

interface Row extends Omit<Course, 'pauses' | 'whole'> {
  readonly script: readonly Answerer[]
}

/** A list with "a" at version 5, before the rest. */
const start = list(5, ['a 1'])
const b = event('ADDED', 'b 6')

const rows: Readonly<Record<string, Row>> = {
  'an API server that could not be reached is listed, for it may be another one': {
    script: [start, watch(b), noAnswer, noAnswer, list(9, ['a 1', 'c 8'])],
    requests: ['list', 'watch 5', 'watch 6', 'list', 'list', 'watch 9'],
    changes: ['+a 1', '+b 6', '-b missing', '+c 8'],
    restarts: ['ended', 'unreachable'],
    histories: 0,
  },
  'so is one that has failed, or has refused us': {
    script: [start, refusal(503, 'ServiceUnavailable'), list(6, ['a 1']), refusal(403, 'Forbidden'), list(7, ['a 1'])],
    requests: ['list', 'watch 5', 'list', 'watch 6', 'list', 'watch 7'],
    changes: ['+a 1'],
    restarts: ['server-error', 'forbidden'],
    histories: 0,
  },
  'an API server that is older than what was seen has another history: all is told anew': {
    script: [start, refusal(504, 'Too large resource version: 5, current: 3'), list(3, ['c 2'])],
    requests: ['list', 'watch 5', 'list', 'watch 3'],
    changes: ['+a 1', '+c 2'],
    restarts: ['too-new'],
    histories: 1,
  },
  'so has one that is older than what a watch said': {
    script: [start, watch(event('BOOKMARK', 'x 12')), noAnswer, list(11, ['a 1'])],
    requests: ['list', 'watch 5', 'watch 12', 'list', 'watch 11'],
    changes: ['+a 1', '+a 1'],
    restarts: ['short', 'unreachable'],
    histories: 1,
  },
  'so has one that has caught up, with an object that is older than it was': {
    script: [start, watch(event('MODIFIED', 'a 6')), noAnswer, list(12, ['a 1', 'b 11'])],
    requests: ['list', 'watch 5', 'watch 6', 'list', 'watch 12'],
    changes: ['+a 1', '+a 6', '+a 1', '+b 11'],
    restarts: ['ended', 'unreachable'],
    histories: 1,
  },
  'an object whose version is the same and that is another is told anew, for a CRD may have changed': {
    script: [start, noAnswer, list(12, ['a 1 otherwise'])],
    requests: ['list', 'watch 5', 'list', 'watch 12'],
    changes: ['+a 1', '+a 1'],
    restarts: ['unreachable'],
    histories: 0,
  },
}

for (const [name, { script, ...expected }] of Object.entries(rows)) {
  test(name, async (t) => {
    const { requests, changes, restarts, histories } = await reflect(t, script)
    assert.deepEqual({ requests, changes, restarts, histories }, expected)
  })
}

test('what was told is not all there is from the first failed try until a list is whole', async (t) => {
  const script = [start, watch(b), noAnswer, noAnswer, list(9, ['a 1'], 'page2'), list(9, ['b 6'])]
  const { requests, whole } = await reflect(t, script)
  const seen = requests.map((request, index) => `${request}: ${whole[index] ? 'whole' : 'not whole'}`)
  assert.deepEqual(seen, [
    'list: not whole',
    'watch 5: whole',
    'watch 6: whole',
    'list: not whole',
    'list: not whole',
    'list from page2: not whole',
    'watch 9: whole',
  ])
})

test('a watch goes on only where the API server has come as far', async (t) => {
  const { requests, changes, histories } = await reflect(t, [start, watch(b), list(4, ['a 1'])], { now: 4 })
  assert.deepEqual(
    { requests, changes, histories },
    { requests: ['list', 'watch 5', 'list', 'watch 4'], changes: ['+a 1', '+b 6', '+a 1'], histories: 1 },
  )
})

test('a watch that is waited for too long is no successor', async (t) => {
  const busy = refusal(429, 'TooManyRequests', { 'retry-after': '1' })
  const { requests, restarts } = await reflect(t, [start, watch(b), busy, busy, busy, busy, list(9, ['b 6'])], {
    gapMilliseconds: 500,
  })
  assert.deepEqual(
    { last: requests.slice(-2), restarts: restarts.slice(-2) },
    { last: ['list', 'watch 9'], restarts: ['ended', 'gap'] },
  )
})

test('a list that was asked for in an earlier history is not believed', async (t) => {
  const history = createHistory()
  const early: Answerer = (response, request) => {
    history.rewritten('a Lease has another uid')
    start(response, request)
  }
  const { requests, changes } = await reflect(t, [early, list(9, ['b 6'])], { history })
  assert.deepEqual({ requests, changes }, { requests: ['list', 'list', 'watch 9'], changes: ['+b 6'] })
})

test('a self-check finds another history, of which a watch is silent', async (t) => {
  const silent: Answerer = (response) => response.writeHead(200).flushHeaders()
  const timings = { selfCheckMilliseconds: 100 }
  const { requests, changes, histories } = await reflect(
    t,
    [start, silent, list(3, ['a 1']), list(4, ['a 1'])],
    timings,
  )
  assert.deepEqual(
    { requests: requests.slice(0, 5), changes, histories },
    { requests: ['list', 'watch 5', 'list', 'list', 'watch 4'], changes: ['+a 1', '+a 1'], histories: 1 },
  )
})
