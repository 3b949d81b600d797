import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createQueue } from '../../../../controller/kube/queue/queue.ts'
import { eventually } from '../../../harness/servers/eventually.ts'
import { createBench, groupOf, turn } from './bench.ts'

const failure = new Error('refused')

test('a queue only gathers keys before it starts', async () => {
  const { queue, begun } = createBench()
  queue.add('a')
  await turn()
  assert.deepEqual(begun, [])
  queue.start()
  await turn()
  assert.deepEqual(begun, ['a'])
})

test('a queue works on a key once, however often it is added meanwhile, and then once more', async () => {
  const { queue, begun, end } = createBench()
  queue.start()
  queue.add('a')
  queue.add('a')
  await turn()
  assert.deepEqual(begun, ['a'])
  queue.add('a')
  queue.add('a')
  await turn()
  assert.deepEqual(begun, ['a'])
  await end('a')
  assert.deepEqual(begun, ['a', 'a'])
  await end('a')
  assert.deepEqual(begun, ['a', 'a'])
})

test('a queue works on other keys while one takes long', async () => {
  const { queue, begun, end } = createBench({ concurrency: 2 })
  queue.start()
  for (const key of ['slow', 'b', 'c']) queue.add(key)
  await turn()
  await end('b')
  await end('c')
  assert.deepEqual(begun, ['slow', 'b', 'c'])
})

test('a queue takes urgent keys before those that only come round again', async () => {
  const { queue, begun, end } = createBench({ concurrency: 1 })
  for (const key of ['a', 'b', 'c']) queue.add(key, { isUrgent: false })
  queue.add('d')
  queue.add('c')
  queue.start()
  await turn()
  for (const key of ['d', 'c', 'a', 'b']) await end(key)
  assert.deepEqual(begun, ['d', 'c', 'a', 'b'])
})

test('a queue starts nothing once stopped, and is stopped when what is under way has ended', async ({
  mock: { timers },
}) => {
  timers.enable({ apis: ['setTimeout'] })
  const { queue, begun, end } = createBench({ concurrency: 3 })
  queue.start()
  for (const key of ['failing', 'delayed', 'long', 'waiting']) queue.add(key)
  await turn()
  let isStopped = false
  await end('failing', failure)
  await end('delayed', 10)
  await end('waiting')
  queue.add('long')
  const stopping = queue.stop().then(() => {
    isStopped = true
  })
  queue.add('late')
  queue.start()
  timers.tick(100_000)
  await turn()
  assert.equal(isStopped, false)
  await end('long', 10)
  timers.tick(100_000)
  await stopping
  await turn()
  assert.deepEqual(begun, ['failing', 'delayed', 'long', 'waiting'])
})

test('a queue says what it does', async () => {
  const { queue, told, end } = createBench({ concurrency: 1 })
  queue.start()
  for (const key of ['a', 'b', 'a']) queue.add(key)
  await turn()
  queue.add('a')
  await end('a', 60_000)
  await end('b', failure)
  await end('a')
  const start = ['add 1', 'add 2', 'start a 1', 'add 2', 'end a requeue_after']
  assert.deepEqual(told, [...start, 'start b 1', 'end b error', 'start a 0', 'end a success'])
  await queue.stop()
})

test('a queue lets others have their turn between keys that wait for nothing', async () => {
  let turns = 0
  let worked = 0
  const observer = { onAdd: () => {}, onStart: () => {}, onEnd: () => {} }
  const process = async () => {
    worked += 1
    return undefined
  }
  const queue = createQueue({ process, concurrency: 8, groupOf, observer })
  for (let index = 0; index < 800; index += 1) queue.add(`${index}`)
  queue.start()
  for (; worked < 800; turns += 1) await setImmediate()
  assert.ok(turns >= 100, `all were done after ${turns} turns`)
})

test('a queue works once more on a key that adds itself, after it has ended', async () => {
  const began: number[] = []
  let underWay = 0
  const process = async () => {
    underWay += 1
    began.push(underWay)
    if (began.length < 3) queue.add('a')
    await setImmediate()
    underWay -= 1
    return undefined
  }
  const observer = { onAdd: () => {}, onStart: () => {}, onEnd: () => {} }
  const queue = createQueue({ process, concurrency: 8, groupOf, observer })
  queue.start()
  queue.add('a')
  await eventually(async () => began, [1, 1, 1])
  await queue.stop()
})
