import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answerer } from '../api/local-server.ts'
import { type Course, errorEvent, event, list, reflect, refusal, watch } from './scripted-server.ts'

interface Row extends Omit<Course, 'pauses' | 'whole' | 'histories'> {
  readonly script: readonly Answerer[]
}

/** A list with "a" at version 5, before the rest. */
const start = list(5, ['a 1'])
const b = event('ADDED', 'b 6')

const rows: Readonly<Record<string, Row>> = {
  'a watch that ends as it was asked to goes on where it was': {
    script: [start, watch(b, event('BOOKMARK', 'x 9'))],
    requests: ['list', 'watch 5', 'watch 9'],
    changes: ['+a 1', '+b 6'],
    restarts: ['ended'],
  },
  'what a watch tells twice is told once': {
    script: [start, watch(b), watch(b, event('MODIFIED', 'a 7'), event('DELETED', 'a 8'))],
    requests: ['list', 'watch 5', 'watch 6', 'watch 8'],
    changes: ['+a 1', '+b 6', '+a 7', '-a deleted'],
    restarts: ['ended', 'ended'],
  },
  'a place that is forgotten, as a watch says, is found by a list': {
    script: [start, watch(b, errorEvent(410, 'Expired')), list(9, ['b 8'])],
    requests: ['list', 'watch 5', 'list', 'watch 9'],
    changes: ['+a 1', '+b 6', '-a missing', '+b 8'],
    restarts: ['expired'],
  },
  'a place that is forgotten, as a status says, is found by a list': {
    script: [start, refusal(410, 'Gone'), list(9, ['a 1'])],
    requests: ['list', 'watch 5', 'list', 'watch 9'],
    changes: ['+a 1'],
    restarts: ['expired'],
  },
  'an error within a watch is behind an event that did not come: all is listed': {
    script: [start, watch(b, errorEvent(500, 'InternalError')), list(9, ['a 1', 'b 6', 'c 7'])],
    requests: ['list', 'watch 5', 'list', 'watch 9'],
    changes: ['+a 1', '+b 6', '+c 7'],
    restarts: ['reported'],
  },
  'a kind of event that nobody knows is not believed, nor what comes after it': {
    script: [start, watch(event('MOVED', 'a 6'), event('DELETED', 'a 7')), list(9, ['a 8'])],
    requests: ['list', 'watch 5', 'list', 'watch 9'],
    changes: ['+a 1', '+a 8'],
    restarts: ['garbled'],
  },
  'nor is a line that is garbled': {
    script: [start, watch(b, '{"type":"DELE�'), list(9, ['b 6'])],
    requests: ['list', 'watch 5', 'list', 'watch 9'],
    changes: ['+a 1', '+b 6', '-a missing'],
    restarts: ['garbled'],
  },
  'a watch that is cut off within a line goes on before that line': {
    script: [start, (response) => response.writeHead(200).end(`${b}\n${event('DELETED', 'a 7').slice(0, 9)}`)],
    requests: ['list', 'watch 5', 'watch 6'],
    changes: ['+a 1', '+b 6'],
    restarts: ['network'],
  },
  'three watches in a row that end at once make the place doubtful': {
    script: [start, watch(), watch(), watch(), list(9, ['a 1'])],
    requests: ['list', 'watch 5', 'watch 5', 'watch 5', 'list', 'watch 9'],
    changes: ['+a 1'],
    restarts: ['short', 'short', 'short'],
  },
  'watches that end at once after an event do not': {
    script: [start, watch(b), watch(event('ADDED', 'c 7')), watch(event('ADDED', 'd 8')), watch(event('ADDED', 'e 9'))],
    requests: ['list', 'watch 5', 'watch 6', 'watch 7', 'watch 8', 'watch 9'],
    changes: ['+a 1', '+b 6', '+c 7', '+d 8', '+e 9'],
    restarts: ['ended', 'ended', 'ended', 'ended'],
  },
  'an API server that has too much to do is asked again for the same': {
    script: [start, refusal(429, 'TooManyRequests'), refusal(429, 'TooManyRequests')],
    requests: ['list', 'watch 5', 'watch 5', 'watch 5'],
    changes: ['+a 1'],
    restarts: ['throttled', 'throttled'],
  },
  'a watch that breaks goes on where it was': {
    script: [start, (response) => response.writeHead(200).write(`${b}\n`, () => response.destroy())],
    requests: ['list', 'watch 5', 'watch 6'],
    changes: ['+a 1', '+b 6'],
    restarts: ['network'],
  },
  'a list of which a part does not come is no list: nothing is told before all is there': {
    script: [list(5, ['a 1'], 'page2'), refusal(500, 'InternalError'), list(6, ['a 1'], 'page2'), list(6, ['b 2'])],
    requests: ['list', 'list from page2', 'list', 'list from page2', 'watch 6'],
    changes: ['+a 1', '+b 2'],
    restarts: [],
  },
  'a list whose second part is forgotten begins anew, and at last comes whole': {
    script: [
      list(5, ['a 1'], 'page2'),
      refusal(410, 'Expired'),
      list(6, ['a 1'], 'page2'),
      refusal(410, 'Expired'),
      list(7, ['a 1', 'b 2']),
    ],
    requests: ['list', 'list from page2', 'list', 'list from page2', 'list whole', 'watch 7'],
    changes: ['+a 1', '+b 2'],
    restarts: [],
  },
  'what is not a list is none, and takes nothing away': {
    script: [
      start,
      watch(errorEvent(410, 'Expired')),
      (response) => response.end('{"kind":"Status"}'),
      list(9, ['a 1']),
    ],
    requests: ['list', 'watch 5', 'list', 'list', 'watch 9'],
    changes: ['+a 1'],
    restarts: ['expired'],
  },
}

for (const [name, { script, ...expected }] of Object.entries(rows)) {
  test(name, async (t) => {
    const { requests, changes, restarts } = await reflect(t, script)
    assert.deepEqual({ requests, changes, restarts }, expected)
  })
}

test('an API server that says how long to wait is not asked before', async (t) => {
  const script = [start, refusal(429, 'TooManyRequests', { 'retry-after': '1' })]
  const { requests, changes, pauses } = await reflect(t, script)
  assert.deepEqual({ requests, changes }, { requests: ['list', 'watch 5', 'watch 5'], changes: ['+a 1'] })
  assert.ok((pauses.at(-1) ?? 0) >= 990, `${pauses.at(-1)} ms`)
})
