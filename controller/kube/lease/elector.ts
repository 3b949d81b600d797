import { setTimeout } from 'node:timers/promises'
import type { ApiClient } from '../api/api-client.ts'
import type { History } from '../history.ts'
import { readNow } from '../now.ts'
import { type Candidate, createCandidate } from './candidate.ts'
import { createLeaseCalls } from './lease-calls.ts'
import { startTerm, type Term } from './term.ts'

/** Takes part in the election of the one process that may write; after client-go's `tools/leaderelection`. */
export interface Elector {
  /**
   * Until aborted; then what `lead` has under way ends, and the Lease is released. `stuck` where `lead` did not end in time: then
   * only the end of the process is safe.
   */
  readonly run: (signal: AbortSignal) => Promise<'released' | 'stuck'>
  /** Whether a write that is sent now is sent by the leader; to be asked right before each. */
  readonly mayWrite: () => boolean
}

export interface ElectorOptions {
  readonly client: ApiClient
  /** Told of the Lease, which is read or written every few seconds. */
  readonly history: History
  readonly namespace: string
  readonly name: string
  /** Another one for each process. */
  readonly identity: string
  readonly timings: LeaseTimings
  /** Runs while this process leads; ends soon after the signal. */
  readonly lead: (epoch: AbortSignal) => Promise<void>
  readonly observer: ElectorObserver
}

/** In milliseconds; lease > renew > retry. */
export interface LeaseTimings {
  /** For how long others do not take a Lease that is not renewed. */
  readonly lease: number
  /** For how long the leader goes on after its last renewal. */
  readonly renew: number
  /** Between two tries. */
  readonly retry: number
}

interface ElectorObserver {
  readonly onLeading: (isLeading: boolean) => void
  /** The Lease is lost: nothing that is under way may be sent any more. */
  readonly onLost: () => void
  readonly onHolder: (identity: string) => void
  readonly onError: (error: unknown) => void
}

interface Election extends ElectorOptions {
  readonly candidate: Candidate
  term: Term | undefined
}

/** One request that hangs must not use up all the time in which a Lease is to be renewed. */
const SHORTEST_DEADLINE_MILLISECONDS = 1_000
/** As in client-go: at most so many times as long between two tries as at least, or all would try in step. */
const RETRY_JITTER = 1.2
const DRIFT_MAX_MILLISECONDS = 5_000

export function createElector(options: ElectorOptions): Elector {
  const { identity, timings, observer } = options
  const deadlineMilliseconds = Math.max(timings.renew / 2, SHORTEST_DEADLINE_MILLISECONDS)
  const calls = createLeaseCalls({ ...options, deadlineMilliseconds })
  const { onHolder } = observer
  const candidate = createCandidate({ calls, identity, leaseMilliseconds: timings.lease, onHolder })
  const election: Election = { ...options, candidate, term: undefined }
  return {
    run: (signal) => run(election, signal),
    mayWrite: () => election.term?.mayWrite() ?? false,
  }
}

async function run(election: Election, signal: AbortSignal): Promise<'released' | 'stuck'> {
  while (!signal.aborted) {
    const begun = performance.now()
    if (!(await takeTurn(election, signal))) return 'stuck'
    await setTimeout(pauseOf(election, begun), undefined, { signal }).catch(() => undefined)
  }
  if (!(await stopLeading(election, false))) return 'stuck'
  await election.candidate.release().catch(election.observer.onError)
  return 'released'
}

/** Tries to take or renew the Lease once; false where `lead` was to end, and did not. */
async function takeTurn(election: Election, signal: AbortSignal): Promise<boolean> {
  if (hasLost(election)) return stopLeading(election, true)
  const sent = readNow()
  const holds = await tryToHold(election, signal)
  if (hasLost(election)) return stopLeading(election, true)
  if (!holds || signal.aborted) return true
  if (election.term) election.term.renewed(sent)
  else {
    const { lead, observer, timings } = election
    // What may go by unseen must fit between the time at which we give up and the time at which others begin.
    const driftMilliseconds = Math.min(DRIFT_MAX_MILLISECONDS, timings.lease - timings.renew)
    observer.onLeading(true)
    election.term = startTerm({
      lead,
      onLost: observer.onLost,
      renewMilliseconds: timings.renew,
      driftMilliseconds,
      sent,
    })
  }
  return true
}

async function tryToHold({ candidate, observer }: Election, signal: AbortSignal): Promise<boolean> {
  try {
    return await candidate.hold(signal)
  } catch (error) {
    if (!signal.aborted) observer.onError(error)
    return false
  }
}

/** Whoever finds another holder in the Lease ends at once, whoever cannot renew it when the deadline has passed. */
function hasLost({ term, candidate }: Election): boolean {
  return term !== undefined && (candidate.isAnothers() || !term.mayWrite())
}

async function stopLeading(election: Election, isLost: boolean): Promise<boolean> {
  if (!election.term) return true
  const hasEnded = await election.term.end(isLost)
  election.term = undefined
  election.observer.onLeading(false)
  return hasEnded
}

/** From a try that began then until the next one: at the latest when the Lease runs out, and at once where the answer was slow. */
function pauseOf({ candidate, timings }: Election, begun: number): number {
  const period = timings.retry / (1 + Math.random() * (RETRY_JITTER - 1))
  const retry = Math.max(0, period - (performance.now() - begun))
  const untilFree = Math.ceil(candidate.untilFree())
  return untilFree > 0 ? Math.min(retry, untilFree) : retry
}
