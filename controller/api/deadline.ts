import { ConnectionError } from './api-error.ts'

/** The time that one call has. Everything that the call waits for ends with `signal`. */
export interface Deadline {
  /** For messages: `GET /api/v1/pods`. */
  readonly what: string
  /** Its reason is a ConnectionError. */
  readonly signal: AbortSignal
  readonly millisecondsLeft: () => number
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

/** One timer and one controller for each call: `AbortSignal.any` with a signal that lives long leaks (nodejs/node#54614). */
export function startDeadline({ what, milliseconds, signal }: Limits): Deadline {
  const controller = new AbortController()
  const startedAt = performance.now()
  const abort = (why: string) => controller.abort(new ConnectionError(`${what}: ${why}`, { failure: 'abort' }))
  const onAbort = () => abort('not wanted any more')
  const timer = setTimeout(() => {
    controller.abort(new ConnectionError(`${what}: no answer within ${milliseconds} ms`, { failure: 'deadline' }))
  }, milliseconds)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  return {
    what,
    signal: controller.signal,
    millisecondsLeft: () => milliseconds - (performance.now() - startedAt),
    lift: () => clearTimeout(timer),
    abort,
    end: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    },
  }
}
