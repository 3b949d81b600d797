import { ApiError, ConnectionError } from '../api/api-error.ts'
import { isExpired } from './list-all.ts'
import { GarbledError } from './parse-json.ts'

/** The progress of a watch. */
export interface Progress {
  /** Whether the API server has accepted it. */
  readonly isOpen: boolean
  readonly lines: number
  /** Lines that are not bookmarks. */
  readonly events: number
  /** How long it was open. */
  readonly milliseconds: number
}

/**
 * Why we ended a watch: `gap`: it did not follow the last one immediately; `rewritten`: the API server has another history; `stopped`:
 * the controller stops.
 */
export type Interruption = 'silent' | 'overdue' | 'gap' | 'diverged' | 'rewritten' | 'stopped'

/** How a list or a watch ended. Without a watch there is no progress. */
export type Ending =
  /** `ended`: by the API server, at the requested timeout. */
  | { readonly how: Interruption | 'ended'; readonly progress: Progress }
  /** `reported`: the API server wrote the error into the watch. */
  | { readonly how: 'failed' | 'reported'; readonly error: unknown; readonly progress: Progress }

export const NO_PROGRESS: Progress = { isOpen: false, lines: 0, events: 0, milliseconds: 0 }

/**
 * What to do after a list or a watch has ended. Only a watch that was open resumes where it ended: after anything else the API server
 * may have another history, in which our place is different or in the future, without reporting that.
 */
export interface Verdict extends Rule {
  /** For logs and metrics. */
  readonly reason: Reason
  /** The number of consecutive endings after which the API server may no longer know our place in its history. */
  readonly doubts: number
}

interface Rule {
  /** `resume`: from the same place; `relist`: that place is lost. */
  readonly next: 'resume' | 'relist'
  /** Whether to wait before that, longer each time. A relist without a wait waits if another one is needed soon. */
  readonly isBackingOff: boolean
  /** Whether the API server refuses the collection or does not know it. The cache is kept. */
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
  /** Active for a while, then silent. */
  idle: RELIST,
  /** Silent from the start. */
  silent: RELIST,
  /** There was no connection to the API server for a while. */
  gap: RELIST,
  /** Ended at once, without an event. */
  short: RESUME_LATER,
  diverged: RELIST,
  /** The API server has another history than the one that is known. */
  rewritten: RELIST,
  stopped: RESUME,
  expired: RELIST,
  garbled: RELIST,
  /** The etcd is older than what we have seen, as after a restored backup. */
  'too-new': RELIST_LATER,
  /** An error within a watch: the stream continues after an event that we did not get. */
  reported: RELIST_LATER,
  unauthorized: { ...RELIST_LATER, isRefused: true },
  forbidden: { ...RELIST_LATER, isRefused: true },
  'not-found': { ...RELIST_LATER, isRefused: true },
  rejected: { ...RELIST_LATER, isRefused: true },
  throttled: RESUME_LATER,
  'server-error': RELIST_LATER,
  /** Could not start. */
  unreachable: RELIST_LATER,
  /** Broke off after it was open. */
  network: RESUME_LATER,
  bug: RELIST_LATER,
} as const satisfies Record<string, Rule>

/** An API server that does not know our place may end each watch at once without an error (kubernetes#104171). */
const DOUBTS_MAX = 3

/** `doubts`: of the last verdict. A watch that ends without an event before `shortMilliseconds` counts as failed. */
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
  // Node.js gives a broken connection a code: ECONNRESET, ERR_STREAM_PREMATURE_CLOSE.
  const { code } = (error ?? {}) as { readonly code?: unknown }
  if (!(error instanceof ConnectionError || typeof code === 'string')) return 'bug'
  // ETIMEDOUT: nobody answers the kernel's probes, as after an outage of the API server.
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
