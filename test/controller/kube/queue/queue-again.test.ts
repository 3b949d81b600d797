import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createQueue } from '../../../../controller/kube/queue/queue.ts'
import { eventually } from '../../../harness/servers/eventually.ts'
import { createBench, groupOf, turn } from './bench.ts'

const failure = new Error('refused')

test('a queue comes back to a key when work on it has asked for that', async ({ mock: { timers } }) => {
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

test('a queue comes back when the last work on the key has asked for it, not an earlier one', async ({
  mock: { timers },
}) => {
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

test('a queue is not woken at once by a key that is due in years', async () => {
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

test('a queue tries a key that fails again, ever later, and soon again after a success', async ({
  mock: { timers },
}) => {
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

test('a queue does not try keys that failed together again together', async () => {
  const { queue, retries, end } = createBench({ concurrency: 20, firstBackOffMilliseconds: 60_000 })
  const keys = Array.from({ length: 20 }, (_, index) => `${index}`)
  for (const key of keys) queue.add(key)
  queue.start()
  await turn()
  for (const key of keys) await end(key, failure)
  assert.equal(new Set(retries).size, keys.length)
  await queue.stop()
})

test('a queue takes work that throws for work that fails', async () => {
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
