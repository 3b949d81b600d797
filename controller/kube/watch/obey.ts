import { ApiError } from '../api/api-error.ts'
import type { Listed } from './cache.ts'
import { type Reflecting, setSynced } from './reflecting.ts'
import type { Ending, Verdict } from './verdict.ts'

/** Does as a verdict on an ending says; the pause to make then, in milliseconds. */
export function obey<T extends Listed>(reflecting: Reflecting<T>, verdict: Verdict, ending: Ending): number {
  const { observer } = reflecting
  const { reason, next, isRefused, doubts } = verdict
  const milliseconds = pauseAfter(reflecting, verdict, ending)
  if (reflecting.resourceVersion !== undefined) observer.onRestart(reason)
  if ('error' in ending) observer.onError(ending.error, milliseconds)
  if (isRefused) {
    reflecting.refusal = 'error' in ending ? (ending.error as Error).message : reason
    setSynced(reflecting, false)
  }
  if (next === 'relist' && reflecting.resourceVersion !== undefined) {
    reflecting.resourceVersion = undefined
    reflecting.listReason = reason
  }
  reflecting.doubts = doubts
  return milliseconds
}

function pauseAfter<T extends Listed>(reflecting: Reflecting<T>, verdict: Verdict, ending: Ending): number {
  const { backOff, relistBackOff, timings } = reflecting
  const { lines, milliseconds } = ending.progress
  // A fault must not be paid for by the next one, which has nothing to do with it.
  if (lines > 0 || milliseconds >= timings.steadyMilliseconds) backOff.reset()
  if (milliseconds >= timings.calmMilliseconds) relistBackOff.reset()
  if (verdict.isBackingOff) return Math.max(backOff.next(), retryAfterMilliseconds(ending))
  if (verdict.next === 'resume') return 0
  const isFirst = relistBackOff.isFresh()
  const pause = relistBackOff.next()
  return isFirst ? 0 : pause
}

function retryAfterMilliseconds(ending: Ending): number {
  const seconds = 'error' in ending && ending.error instanceof ApiError ? ending.error.retryAfterSeconds : undefined
  return (seconds ?? 0) * 1000
}
