import { ApiError, ConnectionError } from '../api/api-error.ts'
import { isExpired } from './list-all.ts'
import { GarbledError } from './parse-json.ts'

/** How far a watch came. */
export interface Progress {
  /** Whether the API server has taken it. */
  readonly isOpen: boolean
  readonly lines: number
  /** Lines but bookmarks. */
  readonly events: number
  /** How long it was open. */
  readonly milliseconds: number
}

/**
 * Why a watch was ended from this side: `gap`: it was not the immediate successor of the one before; `rewritten`: the API server has
 * another history; `stopped`: nobody wants it any more.
 */
export type Interruption = 'silent' | 'overdue' | 'gap' | 'diverged' | 'rewritten' | 'stopped'

/** How a list or a watch came to its end. What never was a watch has made no progress. */
export type Ending =
  /** `ended`: by the API server, as it was asked to. */
  | { readonly how: Interruption | 'ended'; readonly progress: Progress }
  /** `reported`: the API server wrote the error into the watch. */
  | { readonly how: 'failed' | 'reported'; readonly error: unknown; readonly progress: Progress }

export const NO_PROGRESS: Progress = { isOpen: false, lines: 0, events: 0, milliseconds: 0 }

/**
 * What to do after a list or a watch has come to its end. Only a watch that was open goes on where it ended: after anything else the
 * API server may have another history, in which our place is somewhere else or still to come, and it need not say so.
 */
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
  idle: RELIST,
  /** Never heard at all. */
  silent: RELIST,
  /** The API server was out of our sight for a while. */
  gap: RELIST,
  /** Ended at once, without an event. */
  short: RESUME_LATER,
  diverged: RELIST,
  /** The API server has another history than the one that is known. */
  rewritten: RELIST,
  stopped: RESUME,
  expired: RELIST,
  garbled: RELIST,
  /** Says that etcd is older than what we have seen, as it is after a backup was restored. */
  'too-new': RELIST_LATER,
  /** An error within a watch: the stream goes on behind an event that we did not get. */
  reported: RELIST_LATER,
  unauthorized: { ...RELIST_LATER, isRefused: true },
  forbidden: { ...RELIST_LATER, isRefused: true },
  'not-found': { ...RELIST_LATER, isRefused: true },
  rejected: { ...RELIST_LATER, isRefused: true },
  throttled: RESUME_LATER,
  'server-error': RELIST_LATER,
  /** Could not be had. */
  unreachable: RELIST_LATER,
  /** Broke off after it was open. */
  network: RESUME_LATER,
  bug: RELIST_LATER,
} as const satisfies Record<string, Rule>

/** An API server that does not know our place need not say so: it may end each watch at once (kubernetes#104171). */
const DOUBTS_MAX = 3

/** `doubts`: those of the verdict before. A watch that ends without an event before `shortMilliseconds` was none. */
export interface Circumstances {
  readonly doubts: number
  readonly shortMilliseconds: number
}

export function verdictOn(ending: Ending, circumstances: Circumstances): Verdict {
  const reason = reasonOf(ending, circumstances.shortMilliseconds)
  const doubts = reason === 'short' ? circumstances.doubts + 1 : 0
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
    case 'gap':
    case 'diverged':
    case 'rewritten':
    case 'stopped':
      return how
    case 'failed':
      return reasonOfError(ending.error, progress.isOpen)
    case 'reported': {
      const reason = reasonOfError(ending.error, true)
      return reason === 'server-error' || reason === 'rejected' ? 'reported' : reason
    }
  }
}

function reasonOfError(error: unknown, isOpen: boolean): Reason {
  if (error instanceof GarbledError) return 'garbled'
  if (error instanceof ApiError) return reasonOfAnswer(error)
  // What breaks a connection, Node gives a code: ECONNRESET, ERR_STREAM_PREMATURE_CLOSE.
  const { code } = (error ?? {}) as { readonly code?: unknown }
  if (!(error instanceof ConnectionError || typeof code === 'string')) return 'bug'
  // Nobody answers the kernel's probes: so ends a connection to an API server that has been away.
  return isOpen && code !== 'ETIMEDOUT' ? 'network' : 'unreachable'
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
