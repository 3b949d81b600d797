import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, ConnectionError } from '../../../../controller/kube/api/api-error.ts'
import { GarbledError } from '../../../../controller/kube/watch/parse-json.ts'
import { type Ending, NO_PROGRESS, verdictOn } from '../../../../controller/kube/watch/verdict.ts'

const LONG = { isOpen: true, lines: 9, events: 9, milliseconds: 60_000 }
const SHORT = { isOpen: true, lines: 1, events: 0, milliseconds: 10 }

function answered(code: number, reason?: string, message = 'no'): ApiError {
  return new ApiError(message, { code, reason, details: undefined, retryAfterSeconds: undefined, isStatus: true })
}

function failed(error: unknown): Ending {
  return { how: 'failed', error, progress: NO_PROGRESS }
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function reported(error: unknown): Ending {
  return { how: 'reported', error, progress: LONG }
}

/** What is done after an ending: its reason, whether the place in the stream is kept, whether there is a pause, who is refused. */
const verdicts: Readonly<Record<string, readonly [Ending, string]>> = {
  'the API server ends a watch as it was asked to': [{ how: 'ended', progress: LONG }, 'ended resume'],
  'a watch ends at once without an event': [{ how: 'ended', progress: SHORT }, 'short resume pause'],
  'a watch falls silent': [{ how: 'silent', progress: LONG }, 'idle relist'],
  'a watch never says a word': [{ how: 'silent', progress: NO_PROGRESS }, 'silent relist'],
  'a watch is no immediate successor': [{ how: 'gap', progress: SHORT }, 'gap relist'],
  'another history begins': [{ how: 'rewritten', progress: LONG }, 'rewritten relist'],
  'a watch lives on after its time': [{ how: 'overdue', progress: LONG }, 'overdue resume'],
  'a self-check finds that events were lost': [{ how: 'diverged', progress: LONG }, 'diverged relist'],
  'a place is forgotten, by status': [failed(answered(410, 'Expired')), 'expired relist'],
  'a place is forgotten, within the watch': [reported(answered(410, 'Gone')), 'expired relist'],
  'a line is no event': [failed(new GarbledError('no event')), 'garbled relist'],
  'etcd is older than we are': [failed(answered(504, 'Timeout', 'Too large resource version')), 'too-new relist pause'],
  'the watch reports another error': [reported(answered(500)), 'reported relist pause'],
  'a token is refused': [failed(answered(401)), 'unauthorized relist pause refused'],
  'a permission is missing': [failed(answered(403)), 'forbidden relist pause refused'],
  'a CRD is missing': [failed(answered(404)), 'not-found relist pause refused'],
  'a request is not understood': [failed(answered(422)), 'rejected relist pause refused'],
  'there are too many requests': [failed(answered(429)), 'throttled resume pause'],
  'the API server fails': [failed(answered(503)), 'server-error relist pause'],
  'there is no connection': [failed(new ConnectionError('refused')), 'unreachable relist pause'],
  'the connection breaks': [{ how: 'failed', error: coded('ECONNRESET'), progress: LONG }, 'network resume pause'],
  'the connection leads nowhere': [
    { how: 'failed', error: coded('ETIMEDOUT'), progress: LONG },
    'unreachable relist pause',
  ],
  'we fail': [failed(new TypeError('ours')), 'bug relist pause'],
}

for (const [name, [ending, expected]] of Object.entries(verdicts)) {
  test(`${name}: ${expected}`, () => {
    const { reason, next, isBackingOff, isRefused } = verdictOn(ending, { doubts: 0, shortMilliseconds: 1000 })
    const words = [reason, next, isBackingOff && 'pause', isRefused && 'refused']
    assert.equal(words.filter(Boolean).join(' '), expected)
  })
}

test('three endings in a row that say nothing of our place make it worthless; any other ending clears the doubt', () => {
  const circumstances = { doubts: 0, shortMilliseconds: 1000 }
  const endings: readonly Ending[] = [
    { how: 'ended', progress: SHORT },
    { how: 'ended', progress: SHORT },
    { how: 'ended', progress: SHORT },
  ]
  const seen = endings.map((ending) => {
    const { next, doubts } = verdictOn(ending, circumstances)
    circumstances.doubts = doubts
    return [next, doubts]
  })
  assert.deepEqual(seen, [
    ['resume', 1],
    ['resume', 2],
    ['relist', 0],
  ])
  assert.equal(verdictOn({ how: 'ended', progress: LONG }, { ...circumstances, doubts: 2 }).doubts, 0)
})
