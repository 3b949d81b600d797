import { ConnectionError } from './api-error.ts'

/** The time that one call has. Everything that the call waits for ends with `signal`. */
export interface Deadline {
  /** For messages: `GET /api/v1/pods`. */
  readonly what: string
  /** Its reason is a ConnectionError. */
  readonly signal: AbortSignal
  readonly millisecondsLeft: () => number
  /** To be said when the answer goes on: the call has its time anew, up to ten times its time in all. */
  readonly extend: () => void
  /** From now on the call ends only when somebody aborts it. */
  readonly lift: () => void
  /** Ends what still waits. */
  readonly abort: (why: string) => void
  /** To be called when the call is over: nothing of it stays behind. */
  readonly end: () => void
}

export interface Limits {
  readonly what: string
  readonly milliseconds: number
  /** Whoever wants the answer. */
  readonly signal: AbortSignal | undefined
}

/** An answer that goes on, but a byte at a time, must end as well. */
const TIMES_MAX = 10

/** One timer and one controller for each call: `AbortSignal.any` with a signal that lives long leaks (nodejs/node#54614). */
export function startDeadline({ what, milliseconds, signal }: Limits): Deadline {
  const controller = new AbortController()
  const startedAt = performance.now()
  const abort = (why: string) => controller.abort(new ConnectionError(`${what}: ${why}`, { failure: 'abort' }))
  const onAbort = () => abort('not wanted any more')
  const elapsed = () => performance.now() - startedAt
  let missed = `no answer within ${milliseconds} ms`
  const timer = setTimeout(() => {
    controller.abort(new ConnectionError(`${what}: ${missed}`, { failure: 'deadline' }))
  }, milliseconds)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  return {
    what,
    signal: controller.signal,
    millisecondsLeft: () => milliseconds - elapsed(),
    extend: () => {
      const isLast = elapsed() > milliseconds * (TIMES_MAX - 1)
      missed = isLast ? `no end within ${milliseconds * TIMES_MAX} ms` : `nothing more within ${milliseconds} ms`
      if (!isLast) timer.refresh()
    },
    lift: () => clearTimeout(timer),
    abort,
    end: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    },
  }
}
