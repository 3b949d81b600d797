import { createDirtyKeys, type DirtyKeys, type Taken } from './dirty-keys.ts'

/**
 * Keys to process, each by one worker at a time; after client-go's `util/workqueue`, but groups of keys take turns. Once stopped it does
 * not start again.
 */
export interface Queue {
  /**
   * Processes the key as soon as a worker is free; again after the present run, if there is one. Keys that are not urgent, including
   * requeued ones, start when no urgent key of their group waits.
   */
  readonly add: (key: string, options?: { readonly isUrgent?: boolean }) => void
  /** Starts the workers. */
  readonly start: () => void
  /** Drops what waits and starts nothing more; resolves when the work in progress has ended. */
  readonly stop: () => Promise<void>
}

export interface QueueOptions {
  /** Milliseconds after which to requeue the key; undefined for never. Rejects to be retried. */
  readonly process: (key: string) => Promise<number | undefined>
  /** The number of keys of a group in progress at the same time; a third more workers are reserved for other groups. */
  readonly concurrency: number
  /** The unit of fairness: the namespace of the key. */
  readonly groupOf: (key: string) => string
  readonly observer: QueueObserver
  readonly firstBackOffMilliseconds?: number
  readonly longestBackOffMilliseconds?: number
}

interface Work extends Required<QueueOptions> {
  readonly keys: DirtyKeys
  readonly running: Set<Promise<void>>
  /** One for each requeued key. */
  readonly timers: Map<string, NodeJS.Timeout>
  /** Consecutive failures by key. */
  readonly failures: Map<string, number>
  phase: 'gathering' | 'open' | 'stopped'
  /** Whether `startWork` is about to be called. */
  isAwake: boolean
}

/** The longest wait of a Node.js timer; a key that is due later is processed then, and requeued. */
const TIMER_LIMIT_MILLISECONDS = 2 ** 31 - 1

export function createQueue(options: QueueOptions): Queue {
  const work: Work = {
    firstBackOffMilliseconds: 50,
    longestBackOffMilliseconds: 60_000,
    ...options,
    keys: createDirtyKeys(options.groupOf),
    running: new Set(),
    timers: new Map(),
    failures: new Map(),
    phase: 'gathering',
    isAwake: false,
  }
  return {
    add: (key, { isUrgent = true } = {}) => add(work, key, isUrgent),
    start: () => {
      if (work.phase === 'gathering') work.phase = 'open'
      wake(work)
    },
    stop: async () => {
      work.phase = 'stopped'
      for (const timer of work.timers.values()) clearTimeout(timer)
      work.timers.clear()
      work.keys.clear()
      await Promise.all(work.running)
    },
  }
}

function add(work: Work, key: string, isUrgent: boolean): void {
  if (work.phase === 'stopped') return
  clearTimeout(work.timers.get(key))
  work.timers.delete(key)
  if (work.keys.add(key, isUrgent)) work.observer.onAdd(work.keys.size())
  wake(work)
}

/** One timer for each key: to set 10,000 takes 20 ms, and half a kilobyte each. */
function addAfter(work: Work, key: string, milliseconds: number): void {
  // It was added in between, and its next run returns when it is due.
  if (work.phase === 'stopped' || work.keys.isDirty(key)) return
  work.timers.set(key, setTimeout(add, Math.min(milliseconds, TIMER_LIMIT_MILLISECONDS), work, key, false))
}

/** Starts work in a separate turn of the event loop: 10,000 keys without I/O do not block it for long. */
function wake(work: Work): void {
  if (work.isAwake || work.phase !== 'open') return
  work.isAwake = true
  setImmediate(startWork, work)
}

function startWork(work: Work): void {
  const { keys, running, concurrency } = work
  work.isAwake = false
  while (work.phase === 'open') {
    const free = placesFor(concurrency) - keys.taken()
    const taken = keys.take((used) => mayHaveOneMore({ used, free }))
    if (!taken) return
    const run = workOn(work, taken).finally(() => running.delete(run))
    running.add(run)
  }
}

async function workOn(work: Work, { key, since }: Taken): Promise<void> {
  const { keys, observer } = work
  const start = performance.now()
  observer.onStart(key, secondsSince(since), keys.size())
  const outcome = await outcomeOf(work, key)
  keys.done(key)
  observer.onEnd(key, secondsSince(start), outcome)
  if (outcome.milliseconds !== undefined) addAfter(work, key, outcome.milliseconds)
  wake(work)
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

/** Receives what a queue does, for logs and metrics. */
export interface QueueObserver {
  readonly onAdd: (depth: number) => void
  readonly onStart: (key: string, queuedSeconds: number, depth: number) => void
  readonly onEnd: (key: string, workedSeconds: number, outcome: WorkOutcome) => void
}

/** The result of work on a key, in controller-runtime's terms, and the milliseconds until the next try. */
export type WorkOutcome =
  | { readonly result: 'success'; readonly milliseconds?: never }
  | { readonly result: 'requeue_after'; readonly milliseconds: number }
  | { readonly result: 'error'; readonly error: unknown; readonly milliseconds: number }

/**
 * Whether a group with `used` places may have one more if `free` are left: at most three times as many as it leaves to others, and one
 * in any case. One group alone gets three quarters; several busy groups leave some to the next.
 * After the dynamic thresholds by which switches share their buffer (Choudhury and Hahne, 1998).
 */
export function mayHaveOneMore({ used, free }: { readonly used: number; readonly free: number }): boolean {
  return free > 0 && (used === 0 || used + 1 <= 3 * (free - 1))
}

/** The number of places at which one group alone gets `count`. */
export function placesFor(count: number): number {
  return count + Math.ceil(count / 3)
}
