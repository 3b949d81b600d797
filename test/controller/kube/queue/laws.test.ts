import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import { createBench, type Ending, turn } from './bench.ts'

type Step =
  | { readonly add: string; readonly isUrgent: boolean }
  | { readonly end: number; readonly ending: Ending }
  | { readonly turn: true }

const key = fc.constantFrom('a', 'b', 'one/a', 'one/b', 'two/a')
const sibling = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const ending = fc.constantFrom<Ending>(undefined, undefined, 0, 1, 2, new Error('refused'))
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ add: key, isUrgent: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ end: fc.nat(4), ending }) },
  fc.record({ turn: fc.constant(true as const) }),
)
const steps = fc.array(step, { maxLength: 60 })
const concurrency = fc.integer({ min: 1, max: 3 })
const QUICK = { firstBackOffMilliseconds: 1, longestBackOffMilliseconds: 2 }

test('a key is never worked on twice at the same time, and nothing that is added is lost', () =>
  fc.assert(
    fc.asyncProperty(steps, concurrency, async (all, workers) => {
      const bench = createBench({ concurrency: workers, ...QUICK })
      bench.queue.start()
      // For each key how many keys had begun when it was added last: it must begin after them.
      const added = new Map<string, number>()
      for (const one of all) {
        if ('add' in one) added.set(one.add, bench.begun.length)
        await take(bench, one)
      }
      await endAll(bench)
      const lost = [...added].filter(([name, count]) => !bench.begun.slice(count).includes(name))
      assert.deepEqual({ lost, breaches: bench.breaches }, { lost: [], breaches: [] })
      await bench.queue.stop()
    }),
  ))

test('a key is worked on at most once for each time that it was added, failed or asked to come again', () =>
  fc.assert(
    fc.asyncProperty(steps, concurrency, async (all, workers) => {
      const bench = createBench({ concurrency: workers, ...QUICK })
      bench.queue.start()
      for (const one of all) await take(bench, one)
      await endAll(bench)
      const reasons = bench.told.filter((line) => line.startsWith('add '))
      assert.equal(bench.begun.length, reasons.length)
      await bench.queue.stop()
    }),
  ))

test('urgent keys of a group come first, and each kind in the order in which it was added', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.record({ add: sibling, isUrgent: fc.boolean() })), async (all) => {
      const { queue, begun, end } = createBench({ concurrency: 1 })
      for (const { add, isUrgent } of all) queue.add(add, { isUrgent })
      queue.start()
      await turn()
      const urgent = new Set(all.filter(({ isUrgent }) => isUrgent).map(({ add }) => add))
      const expected = [...new Set([...urgent, ...all.map(({ add }) => add)])]
      for (const name of expected) await end(name)
      assert.deepEqual(begun, expected)
    }),
  ))

test('nothing begins once the queue is stopped', () =>
  fc.assert(
    fc.asyncProperty(steps, steps, concurrency, async (before, after, workers) => {
      const bench = createBench({ concurrency: workers, ...QUICK })
      bench.queue.start()
      for (const one of before) await take(bench, one)
      const stopping = bench.queue.stop()
      const begun = [...bench.begun]
      for (const one of after) await take(bench, one)
      await endAll(bench)
      await stopping
      assert.deepEqual(bench.begun, begun)
    }),
  ))
type Bench = ReturnType<typeof createBench>

async function take(bench: Bench, one: Step): Promise<void> {
  if ('add' in one) bench.queue.add(one.add, one)
  else if ('turn' in one) await turn()
  else {
    const name = bench.working()[one.end]
    if (name !== undefined) await bench.end(name, one.ending)
  }
}

/** Ends all work, until none comes again after the longest wait that the steps ask for. */
async function endAll(bench: Bench): Promise<void> {
  for (let isQuiet = false; !isQuiet; ) {
    for (const name of bench.working()) await bench.end(name)
    await setTimeout(4)
    await turn()
    isQuiet = bench.working().length === 0
  }
}
