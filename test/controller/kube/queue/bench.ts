import { setImmediate } from 'node:timers/promises'
import { createQueue, type Queue } from '../../../../controller/kube/queue/queue.ts'

/** What a worker answers: nothing, in how many milliseconds again, or that it failed. */
export type Ending = number | undefined | Error

/** A queue whose workers end when the test says so. */
export interface Bench {
  readonly queue: Queue
  /** Keys in the order in which work on them began. */
  readonly begun: readonly string[]
  /** Each time that work on a key began while it was under way, or beside too many others of its group. */
  readonly breaches: readonly string[]
  /** Keys that are worked on. */
  readonly working: () => readonly string[]
  /** Ends the work on a key. */
  readonly end: (key: string, ending?: Ending) => Promise<void>
  /** What the observer was told; seconds are left out. */
  readonly told: readonly string[]
  /** In how many milliseconds the queue itself tries again what has failed, in order. */
  readonly retries: readonly number[]
}

export interface BenchOptions {
  readonly concurrency?: number
  readonly firstBackOffMilliseconds?: number
  readonly longestBackOffMilliseconds?: number
}

export function createBench({ concurrency = 2, ...options }: BenchOptions = {}): Bench {
  const begun: string[] = []
  const breaches: string[] = []
  const told: string[] = []
  const retries: number[] = []
  const ends = new Map<string, (ending: Ending) => void>()
  const process = (key: string) => {
    const beside = [...ends.keys()].filter((other) => groupOf(other) === groupOf(key))
    if (ends.has(key) || beside.length >= concurrency) breaches.push(`${key} began beside ${beside}`)
    begun.push(key)
    return new Promise<number | undefined>((resolve, reject) => {
      ends.set(key, (ending) => (ending instanceof Error ? reject(ending) : resolve(ending)))
    })
  }
  const observer = {
    onAdd: (depth: number) => told.push(`add ${depth}`),
    onStart: (key: string, _seconds: number, depth: number) => told.push(`start ${key} ${depth}`),
    onEnd: (key: string, _seconds: number, { result, milliseconds }: { result: string; milliseconds?: number }) => {
      told.push(`end ${key} ${result}`)
      if (result === 'error' && milliseconds !== undefined) retries.push(milliseconds)
    },
  }
  const queue = createQueue({ process, concurrency, groupOf, observer, ...options })
  return {
    queue,
    begun,
    breaches,
    told,
    retries,
    working: () => [...ends.keys()],
    end: async (key, ending) => {
      const end = ends.get(key)
      ends.delete(key)
      end?.(ending)
      await turn()
    },
  }
}

/** What stands before a slash, as the namespace does in the key of a builder. */
export function groupOf(key: string): string {
  return key.slice(0, Math.max(0, key.indexOf('/')))
}

/** Comes back when everything that waits for nothing has happened. */
export async function turn(): Promise<void> {
  await setImmediate()
  await setImmediate()
}
