import { ApiError, ConnectionError } from '../api/api-error.ts'
import type { Ending } from './ending.ts'
import { GarbledError } from './garbled-error.ts'
import { isExpired } from './list-all.ts'

/** What to do after a list or a watch has come to its end. */
export interface Verdict extends Rule {
  /** For logs and metrics. */
  readonly reason: Reason
  /** How many endings in a row make it doubtful that the API server still knows our place in its history. */
  readonly doubts: number
}

interface Rule {
  /** `resume`: go on from the same place; `relist`: that place is lost. */
  readonly next: 'resume' | 'relist'
  /** Whether to wait before, longer each time. A relist that does not wait the first time does so if it is needed again soon. */
  readonly isBackingOff: boolean
  /** Whether the API server does not let us see the collection, or does not know it. What is known of it is kept. */
  readonly isRefused: boolean
}

type Reason = keyof typeof RULES

const RESUME = { next: 'resume', isBackingOff: false, isRefused: false } as const satisfies Rule
const RESUME_LATER = { ...RESUME, isBackingOff: true } as const satisfies Rule
const RELIST = { ...RESUME, next: 'relist' } as const satisfies Rule
const RELIST_LATER = { ...RELIST, isBackingOff: true } as const satisfies Rule

const RULES = {
  ended: RESUME,
  overdue: RESUME,
  /** Heard for a while, then no longer. */
  idle: RESUME,
  /** Never heard at all. */
  silent: RESUME,
  /** Ended at once, without an event. */
  short: RESUME_LATER,
  diverged: RELIST,
  stopped: RESUME,
  expired: RELIST,
  garbled: RELIST,
  /** Says that etcd is older than what we have seen, as it is after a backup was restored. */
  'too-new': RELIST_LATER,
  /** An error within a watch: the stream goes on behind an event that we did not get. */
  reported: RELIST_LATER,
  unauthorized: { ...RESUME_LATER, isRefused: true },
  forbidden: { ...RESUME_LATER, isRefused: true },
  'not-found': { ...RELIST_LATER, isRefused: true },
  rejected: { ...RELIST_LATER, isRefused: true },
  throttled: RESUME_LATER,
  'server-error': RESUME_LATER,
  network: RESUME_LATER,
  bug: RELIST_LATER,
} as const satisfies Record<string, Rule>

/** An API server that does not know our place need not say so: it may end each watch at once, or tell nothing (kubernetes#104171). */
const DOUBTFUL: readonly Reason[] = ['short', 'silent']
const DOUBTS_MAX = 3

/** `doubts`: those of the verdict before. A watch that ends without an event before `shortMilliseconds` was none. */
export interface Circumstances {
  readonly doubts: number
  readonly shortMilliseconds: number
}

export function verdictOn(ending: Ending, circumstances: Circumstances): Verdict {
  const reason = reasonOf(ending, circumstances.shortMilliseconds)
  const doubts = DOUBTFUL.includes(reason) ? circumstances.doubts + 1 : 0
  if (doubts < DOUBTS_MAX) return { ...RULES[reason], reason, doubts }
  return { ...RULES[reason], next: 'relist', reason, doubts: 0 }
}

function reasonOf(ending: Ending, shortMilliseconds: number): Reason {
  const { how, progress } = ending
  switch (how) {
    case 'ended':
      return progress.events === 0 && progress.milliseconds < shortMilliseconds ? 'short' : 'ended'
    case 'silent':
      return progress.lines === 0 ? 'silent' : 'idle'
    case 'overdue':
    case 'diverged':
    case 'stopped':
      return how
    case 'failed':
      return reasonOfError(ending.error)
    case 'reported': {
      const reason = reasonOfError(ending.error)
      return reason === 'server-error' || reason === 'rejected' ? 'reported' : reason
    }
  }
}

function reasonOfError(error: unknown): Reason {
  if (error instanceof GarbledError) return 'garbled'
  if (error instanceof ApiError) return reasonOfAnswer(error)
  // What breaks a connection, Node gives a code: ECONNRESET, ERR_STREAM_PREMATURE_CLOSE.
  const { code } = (error ?? {}) as { readonly code?: unknown }
  return error instanceof ConnectionError || typeof code === 'string' ? 'network' : 'bug'
}

const REASONS: Readonly<Record<number, Reason>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'server-error',
  429: 'throttled',
}

function reasonOfAnswer(error: ApiError): Reason {
  if (isExpired(error)) return 'expired'
  if (/too large resource version/i.test(error.message)) return 'too-new'
  return REASONS[error.code] ?? (error.code >= 500 ? 'server-error' : 'rejected')
}
