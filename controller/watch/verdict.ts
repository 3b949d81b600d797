import { ApiError } from '../api/api-error.ts'

/** A stream that cannot be believed any more: what it says is not what an API server sends. */
export class StreamError extends Error {
  override readonly name = 'StreamError'
}

/** What to do after an error. */
export interface Verdict {
  /** For logs and metrics. */
  readonly reason: 'expired' | 'refused' | 'stream' | 'too-new' | 'server' | 'connection'
  /** Whether the place in the stream is lost; otherwise it goes on from there. */
  readonly mustRelist: boolean
  /** Whether the API server does not let us see the collection, or does not know it. */
  readonly isRefused: boolean
  /** The first of its kind needs no pause: the list that follows cures it. */
  readonly isImmediate: boolean
}

const RESUME: Omit<Verdict, 'reason'> = { mustRelist: false, isRefused: false, isImmediate: false }
const RELIST: Omit<Verdict, 'reason'> = { ...RESUME, mustRelist: true }

export function verdictOn(error: unknown): Verdict {
  if (error instanceof StreamError) return { ...RELIST, reason: 'stream' }
  if (!(error instanceof ApiError)) return { ...RESUME, reason: 'connection' }
  if (isExpired(error)) return { ...RELIST, reason: 'expired', isImmediate: true }
  if (error.code === 401 || error.code === 403 || error.code === 404)
    return { ...RELIST, reason: 'refused', isRefused: true }
  // The API server is older than what it told us before: its etcd was restored from a backup (KEP-2340).
  if (/Too large resource version/i.test(error.message)) return { ...RELIST, reason: 'too-new' }
  return { ...RESUME, reason: 'server' }
}

/** Whether the API server no longer remembers a place in its history. */
export function isExpired(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 410 || error.reason === 'Expired' || error.reason === 'Gone')
}
