import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createQueue } from '../../../../controller/kube/queue/queue.ts'
import { eventually } from '../../../harness/servers/eventually.ts'
import { createBench, groupOf, turn } from './bench.ts'

const failure = new Error('refused')

test('a queue processes a key again when its work has requested that', async ({ mock: { timers } }) => {
  timers.enable({ apis: ['setTimeout'] })
  const { queue, begun, end } = createBench()
  queue.start()
  queue.add('a')
  await turn()
  await end('a', 60_000)
  timers.tick(59_999)
  await turn()
  assert.deepEqual(begun, ['a'])
  timers.tick(1)
  await turn()
  assert.deepEqual(begun, ['a', 'a'])
})

test('the latest work on a key determines when a queue processes it again', async ({ mock: { timers } }) => {
  timers.enable({ apis: ['setTimeout'] })
  const { queue, begun, end } = createBench()
  queue.start()
  queue.add('a')
  await turn()
  await end('a', 1000)
  queue.add('a')
  await turn()
  await end('a', 5000)
  timers.tick(4999)
  await turn()
  assert.deepEqual(begun, ['a', 'a'])
  timers.tick(1)
  await turn()
  assert.deepEqual(begun, ['a', 'a', 'a'])
})

test('a key that is due in years does not run at once', async () => {
  const { queue, begun, end } = createBench()
  queue.start()
  for (const key of ['years', 'moment']) queue.add(key)
  await turn()
  await end('years', 2 ** 40)
  await end('moment', 5)
  await eventually(async () => begun, ['years', 'moment', 'moment'])
  await end('moment')
  await queue.stop()
})

test('a queue retries a failed key with a growing backoff, which a success resets', async ({ mock: { timers } }) => {
  timers.enable({ apis: ['setTimeout'] })
  const { queue, begun, retries, end } = createBench({
    firstBackOffMilliseconds: 100,
    longestBackOffMilliseconds: 400,
  })
  queue.start()
  queue.add('a')
  const endings = [failure, failure, failure, failure, undefined, failure]
  for (const ending of endings) {
    await turn()
    await end('a', ending)
    timers.tick(400)
    if (ending === undefined) queue.add('a')
  }
  await turn()
  assert.equal(begun.length, endings.length + 1)
  const longest = retries.map((milliseconds) => [100, 200, 400].find((bound) => milliseconds <= bound))
  assert.deepEqual(longest, [100, 200, 400, 400, 100])
  assert.ok(retries.every((milliseconds) => milliseconds >= 50))
})

test('a queue spreads the retries of keys that failed together', async () => {
  const { queue, retries, end } = createBench({ concurrency: 20, firstBackOffMilliseconds: 60_000 })
  const keys = Array.from({ length: 20 }, (_, index) => `${index}`)
  for (const key of keys) queue.add(key)
  queue.start()
  await turn()
  for (const key of keys) await end(key, failure)
  assert.equal(new Set(retries).size, keys.length)
  await queue.stop()
})

test('a queue treats a synchronous error as a failure', async () => {
  const ends: unknown[] = []
  const process = () => {
    throw failure
  }
  const observer = { onAdd: () => {}, onStart: () => {}, onEnd: (...end: unknown[]) => ends.push(end[2]) }
  const queue = createQueue({ process, concurrency: 1, groupOf, observer, longestBackOffMilliseconds: 0 })
  queue.add('a')
  queue.start()
  await turn()
  assert.deepEqual(ends[0], { result: 'error', error: failure, milliseconds: 0 })
  await queue.stop()
})
