import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mayHaveOneMore, placesFor } from '../../../../controller/kube/queue/queue.ts'
import { type BenchOptions, createBench, groupOf, turn } from './bench.ts'

/** So many keys of a group. */
function keysOf(group: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${group}/${index}`)
}

type Bench = ReturnType<typeof createBench>

interface Waiting extends BenchOptions {
  readonly urgent?: readonly string[]
  readonly relaxed?: readonly string[]
}

/** A queue in which these keys wait when it starts. */
async function opened({ urgent = [], relaxed = [], ...options }: Waiting): Promise<Bench> {
  const bench = createBench(options)
  for (const key of urgent) bench.queue.add(key)
  for (const key of relaxed) bench.queue.add(key, { isUrgent: false })
  bench.queue.start()
  await turn()
  return bench
}

/** Ends the work that began first, until so many have begun. */
async function work({ working, begun, end }: Bench, count: number): Promise<readonly string[]> {
  while (begun.length < count) await end(working()[0] ?? '')
  return begun.slice(0, count)
}

test('namespaces have their turn one after the other, however many keys one of them has', async () => {
  const bench = await opened({ urgent: [...keysOf('noisy', 100), ...keysOf('quiet', 3), 'other/0'], concurrency: 1 })
  const order = ['noisy/0', 'quiet/0', 'other/0', 'noisy/1', 'quiet/1', 'noisy/2', 'quiet/2', 'noisy/3', 'noisy/4']
  assert.deepEqual(await work(bench, order.length), order)
})

test('a key of a namespace that was quiet waits for one key of each other namespace at most', async () => {
  const bench = await opened({ urgent: [...keysOf('one', 50), ...keysOf('two', 50)], concurrency: 1 })
  await work(bench, 11)
  bench.queue.add('quiet/0')
  assert.ok((await work(bench, 14)).slice(11).includes('quiet/0'))
})

test('urgent keys of one namespace leave every second turn to those of others that are not urgent', async () => {
  const bench = await opened({ urgent: keysOf('noisy', 100), relaxed: keysOf('quiet', 3), concurrency: 1 })
  const order = ['noisy/0', 'quiet/0', 'noisy/1', 'quiet/1', 'noisy/2', 'quiet/2', 'noisy/3']
  assert.deepEqual(await work(bench, order.length), order)
})

test('a namespace whose work does not end leaves workers to others, and has as many as if it were alone', async () => {
  const { queue, working, end } = await opened({ urgent: keysOf('hangs', 100), concurrency: 8 })
  assert.deepEqual(working(), keysOf('hangs', 8))
  for (const key of keysOf('quiet', 20)) {
    queue.add(key)
    await turn()
    assert.ok(working().includes(key), key)
    await end(key)
  }
})

test('several namespaces whose work does not end leave a worker to the next one', async () => {
  const hanging = ['one', 'two', 'three'].flatMap((group) => keysOf(group, 100))
  const { queue, working } = await opened({ urgent: hanging, concurrency: 8 })
  queue.add('quiet/0')
  await turn()
  assert.ok(working().includes('quiet/0'), working().join(' '))
})

test('a namespace alone has every worker that it may have, whatever their number', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), (concurrency) => {
      let used = 0
      while (mayHaveOneMore({ used, free: placesFor(concurrency) - used })) used += 1
      assert.equal(used, concurrency)
    }),
  ))

test('whatever waits, no namespace has two turns while another one that may have one waits', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }), async (groups) => {
      const bench = await opened({ urgent: groups.map((group, index) => `${group}/${index}`), concurrency: 1 })
      const begun = await work(bench, groups.length)
      const left = new Map<string, number>()
      for (const group of groups) left.set(group, (left.get(group) ?? 0) + 1)
      for (const [at, key] of begun.entries()) {
        const group = groupOf(key)
        const since = begun.slice(0, at).map(groupOf).lastIndexOf(group)
        const between = begun.slice(since + 1, at).map(groupOf)
        const waiting = [...left].filter(([other, count]) => other !== group && count > 0).map(([other]) => other)
        if (since >= 0)
          assert.deepEqual(
            waiting.filter((other) => !between.includes(other)),
            [],
          )
        left.set(group, (left.get(group) ?? 0) - 1)
      }
    }),
  ))
