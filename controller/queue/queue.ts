import type { QueueObserver, WorkOutcome } from './queue-observer.ts'

/** Keys to be worked on, each by one worker at a time; after client-go's `util/workqueue`. */
export interface Queue {
  /** Wants the key worked on as soon as a worker is free; once more, where one works on it now. */
  readonly add: (key: string) => void
  /** Starts to work. */
  readonly start: () => void
  /** Starts no more work; resolves when what is under way has ended. */
  readonly stop: () => Promise<void>
}

export interface QueueOptions {
  /** Milliseconds until the key must be worked on again without being added; undefined for never. Rejects to be tried again. */
  readonly process: (key: string) => Promise<number | undefined>
  readonly concurrency: number
  readonly observer: QueueObserver
  readonly firstBackOffMilliseconds?: number
  readonly longestBackOffMilliseconds?: number
}

interface Work extends Required<QueueOptions> {
  /** Keys that want work, in order, with the time since when. */
  readonly dirty: Map<string, number>
  readonly running: Map<string, Promise<void>>
  readonly timers: Map<string, NodeJS.Timeout>
  /** How often in a row a key has failed. */
  readonly failures: Map<string, number>
  isOpen: boolean
}

/** The longest wait of a Node timer; what is due later is looked at then, and found not to be due. */
const TIMER_LIMIT_MILLISECONDS = 2 ** 31 - 1

export function createQueue(options: QueueOptions): Queue {
  const work: Work = {
    firstBackOffMilliseconds: 50,
    longestBackOffMilliseconds: 60_000,
    ...options,
    dirty: new Map(),
    running: new Map(),
    timers: new Map(),
    failures: new Map(),
    isOpen: false,
  }
  return {
    add: (key) => add(work, key),
    start: () => {
      work.isOpen = true
      startWork(work)
    },
    stop: async () => {
      work.isOpen = false
      for (const timer of work.timers.values()) clearTimeout(timer)
      work.timers.clear()
      await Promise.all(work.running.values())
    },
  }
}

function add(work: Work, key: string): void {
  clearTimeout(work.timers.get(key))
  work.timers.delete(key)
  if (work.dirty.has(key)) return
  work.dirty.set(key, performance.now())
  work.observer.onAdd(work.dirty.size)
  startWork(work)
}

function addAfter(work: Work, key: string, milliseconds: number): void {
  // It was added meanwhile, and will say anew when it is due.
  if (!work.isOpen || work.dirty.has(key)) return
  work.timers.set(key, setTimeout(add, Math.min(milliseconds, TIMER_LIMIT_MILLISECONDS), work, key))
}

/** Invariant: a key is never worked on twice at the same time */
function startWork(work: Work): void {
  const { dirty, running, concurrency } = work
  if (!work.isOpen) return
  for (const [key, since] of dirty) {
    if (running.size >= concurrency) return
    if (running.has(key)) continue
    dirty.delete(key)
    work.observer.onStart(key, secondsSince(since), dirty.size)
    running.set(key, workOn(work, key))
  }
}

async function workOn(work: Work, key: string): Promise<void> {
  const start = performance.now()
  const outcome = await outcomeOf(work, key)
  work.running.delete(key)
  work.observer.onEnd(key, secondsSince(start), outcome)
  if (outcome.milliseconds !== undefined) addAfter(work, key, outcome.milliseconds)
  startWork(work)
}

async function outcomeOf(work: Work, key: string): Promise<WorkOutcome> {
  const { failures, firstBackOffMilliseconds, longestBackOffMilliseconds } = work
  try {
    const milliseconds = await work.process(key)
    failures.delete(key)
    return milliseconds === undefined ? { result: 'success' } : { result: 'requeue_after', milliseconds }
  } catch (error) {
    const count = failures.get(key) ?? 0
    failures.set(key, count + 1)
    const longest = Math.min(firstBackOffMilliseconds * 2 ** count, longestBackOffMilliseconds)
    return { result: 'error', error, milliseconds: longest * (0.5 + Math.random() / 2) }
  }
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000
}
