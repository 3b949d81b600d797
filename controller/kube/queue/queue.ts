import { createDirtyKeys, type DirtyKeys, type Taken } from './dirty-keys.ts'

/**
 * Keys to be worked on, each by one worker at a time; after client-go's `util/workqueue`, but that groups of keys have their turn one
 * after the other. Once stopped it does not start again.
 */
export interface Queue {
  /**
   * Wants the key worked on as soon as a worker is free; once more, where one works on it now. Keys that are not urgent, with those
   * that come again by themselves, come when no urgent one of their group waits.
   */
  readonly add: (key: string, options?: { readonly isUrgent?: boolean }) => void
  /** Starts to work. */
  readonly start: () => void
  /** Drops what waits, and starts no more work; resolves when what is under way has ended. */
  readonly stop: () => Promise<void>
}

export interface QueueOptions {
  /** Milliseconds until the key must be worked on again without being added; undefined for never. Rejects to be tried again. */
  readonly process: (key: string) => Promise<number | undefined>
  /** How many keys of a group are worked on at the same time; a third more workers are left to other groups. */
  readonly concurrency: number
  /** What must not keep from others what it takes: the namespace of the key. */
  readonly groupOf: (key: string) => string
  readonly observer: QueueObserver
  readonly firstBackOffMilliseconds?: number
  readonly longestBackOffMilliseconds?: number
}

interface Work extends Required<QueueOptions> {
  readonly keys: DirtyKeys
  readonly running: Set<Promise<void>>
  /** Each until its key comes again by itself. */
  readonly timers: Map<string, NodeJS.Timeout>
  /** How often in a row a key has failed. */
  readonly failures: Map<string, number>
  phase: 'gathering' | 'open' | 'stopped'
  /** Whether `startWork` is about to be called. */
  isAwake: boolean
}

/** The longest wait of a Node timer; what is due later is looked at then, and found not to be due. */
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

/** One timer a key: 10,000 take Node 20 ms to set and half a kilobyte each. */
function addAfter(work: Work, key: string, milliseconds: number): void {
  // It was added meanwhile, and will say anew when it is due.
  if (work.phase === 'stopped' || work.keys.isDirty(key)) return
  work.timers.set(key, setTimeout(add, Math.min(milliseconds, TIMER_LIMIT_MILLISECONDS), work, key, false))
}

/** Work starts in a turn of the event loop of its own: 10,000 keys with nothing to wait for do not block it for long. */
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

/** Told what a queue does; for logs and metrics. */
export interface QueueObserver {
  readonly onAdd: (depth: number) => void
  readonly onStart: (key: string, queuedSeconds: number, depth: number) => void
  readonly onEnd: (key: string, workedSeconds: number, outcome: WorkOutcome) => void
}

/** How work on a key went, in controller-runtime's words, and in how many milliseconds it is tried again. */
export type WorkOutcome =
  | { readonly result: 'success'; readonly milliseconds?: never }
  | { readonly result: 'requeue_after'; readonly milliseconds: number }
  | { readonly result: 'error'; readonly error: unknown; readonly milliseconds: number }

/**
 * Whether a group that has `used` places of `all` may have one more, where `free` are left: at most three times as many as it leaves
 * free to others, and one in any case. One group alone gets three quarters; several that want all they can get leave some to the next.
 * After the dynamic thresholds by which switches share their buffer (Choudhury and Hahne, 1998).
 */
export function mayHaveOneMore({ used, free }: { readonly used: number; readonly free: number }): boolean {
  return free > 0 && (used === 0 || used + 1 <= 3 * (free - 1))
}

/** So many places that one group alone gets `count` of them. */
export function placesFor(count: number): number {
  return count + Math.ceil(count / 3)
}
