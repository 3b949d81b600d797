import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'

/** What `read` gives, as soon as it equals `expected`; after `seconds` the comparison fails. */
export async function eventually<T>(read: () => Promise<T>, expected: T, seconds = 45): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const actual = await read()
    try {
      assert.deepEqual(actual, expected)
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
    await setTimeout(20)
  }
}

/** Timestamps have whole seconds: a Pod that is replaced within the second in which it was created is not seen to be older. */
export async function nextSecond(): Promise<void> {
  await setTimeout(1050 - (Date.now() % 1000))
}
