import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { test } from 'node:test'
import { ConnectionError } from '../../../../controller/kube/api/api-error.ts'
import { brokenBy } from '../../../../controller/kube/api/broken-by.ts'
import { startDeadline } from '../../../../controller/kube/api/deadline.ts'

const errors: readonly (readonly [name: string, error: Error, consequences: readonly string[]])[] = [
  ['a time-out of the kernel', coded('ETIMEDOUT'), ['distrust']],
  ['a reset', coded('ECONNRESET'), []],
  ['a stale connection', new ConnectionError('socket hang up', { failure: 'stale' }), ['retire']],
]
for (const [name, error, consequences] of errors) {
  test(`after ${name} this happens to the connections: ${consequences.join() || 'nothing'}`, (t) => {
    const deadline = startDeadline({ what: 'GET /', milliseconds: 1000, signal: undefined })
    t.after(deadline.end)
    const seen: string[] = []
    const connections = {
      poolFor: () => assert.fail('must not be asked'),
      retire: () => seen.push('retire'),
      distrust: () => seen.push('distrust'),
      close: () => seen.push('close'),
    }
    const pool = { agent: new Agent(), answeredAt: 0 }
    const { message } = brokenBy(error, { deadline, connections, pool, sentAt: 0 })
    assert.deepEqual({ message, seen }, { message: `GET /: ${error.message}`, seen: consequences })
  })
}

function coded(code: string): Error {
  return Object.assign(new Error(`read ${code}`), { code })
}
