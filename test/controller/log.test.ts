import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '../../controller/log.ts'

type Fields = Readonly<Record<string, unknown>>

/** What is logged at level info, without the time. */
function logged(write: (log: ReturnType<typeof createLog>) => void): readonly Fields[] {
  const lines: string[] = []
  write(createLog('info', { write: (line) => lines.push(line) }))
  return lines.map((line) => {
    const { ts, ...fields } = JSON.parse(line)
    assert.match(ts, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    return fields
  })
}

test('a line is JSON with a time, a level, a message and its fields, and nothing else', () => {
  const lines = logged((log) => {
    log.debug('below the level')
    log.info({ namespace: 'ci', buildkit: 'b' }, 'endpoint "tcp://10.0.0.1:1234"\nmoved')
    log.warn('alone')
  })
  assert.deepEqual(lines, [
    { level: 'info', namespace: 'ci', buildkit: 'b', msg: 'endpoint "tcp://10.0.0.1:1234"\nmoved' },
    { level: 'warn', msg: 'alone' },
  ])
})

const refused = Object.assign(new Error('connect ECONNREFUSED ::1:6443'), { code: 'ECONNREFUSED' })
const errors: Readonly<Record<string, readonly [error: unknown, text: string]>> = {
  'with all its causes': [
    new Error('could not renew', { cause: new Error('no answer', { cause: refused }) }),
    'could not renew: no answer: connect ECONNREFUSED ::1:6443',
  ],
  'with one for each address that was tried': [
    new Error('no answer', { cause: new AggregateError([refused, new Error('connect ETIMEDOUT 10.0.0.1:6443')]) }),
    'no answer: connect ECONNREFUSED ::1:6443; connect ETIMEDOUT 10.0.0.1:6443',
  ],
  'without a message, by its name': [new TypeError(), 'TypeError'],
  'that is not an Error': ['just a text', 'just a text'],
}

for (const [name, [error, text]] of Object.entries(errors)) {
  test(`an error ${name} is one text`, () => {
    const lines = logged((log) => log.error({ error }, 'failed'))
    assert.deepEqual(lines, [{ level: 'error', error: text, msg: 'failed' }])
  })
}

test('a token in the properties of an error is not logged', () => {
  const error = Object.assign(new Error('no answer'), { request: { headers: { authorization: 'Bearer secret' } } })
  const lines = logged((log) => {
    log.error({ error }, 'failed')
    log.error(error)
  })
  assert.deepEqual(lines, [
    { level: 'error', error: 'no answer', msg: 'failed' },
    { level: 'error', error: 'no answer', msg: 'no answer' },
  ])
})
