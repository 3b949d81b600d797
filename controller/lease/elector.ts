import { setTimeout } from 'node:timers/promises'
import type { ApiClient } from '../api/api-client.ts'
import { createLeaseCalls, type LeaseCalls } from './lease-calls.ts'
import { claimed, type LeaseRecord, mayTake, type ObservedLease, observed, released } from './lease-record.ts'
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
  readonly onHolder: (identity: string) => void
  readonly onError: (error: unknown) => void
}

interface Election extends ElectorOptions {
  readonly calls: LeaseCalls
  lease: ObservedLease | undefined
  term: Term | undefined
}

const SHORTEST_DEADLINE_MILLISECONDS = 1_000

export function createElector(options: ElectorOptions): Elector {
  const deadlineMilliseconds = Math.max(options.timings.renew / 2, SHORTEST_DEADLINE_MILLISECONDS)
  const calls = createLeaseCalls({ ...options, deadlineMilliseconds })
  const election: Election = { ...options, calls, lease: undefined, term: undefined }
  return {
    run: (signal) => run(election, signal),
    mayWrite: () => election.term?.mayWrite() ?? false,
  }
}

async function run(election: Election, signal: AbortSignal): Promise<'released' | 'stuck'> {
  const { retry } = election.timings
  while (!signal.aborted) {
    const sentAt = performance.now()
    const holds = await tryToHold(election)
    if (holds && !election.term) election.term = startLeading(election, sentAt)
    else if (holds) election.term?.renewed(sentAt)
    else if (election.term && !(await stillLeads(election, election.term))) return 'stuck'
    await setTimeout(retry * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined)
  }
  const hasEnded = election.term ? await stopLeading(election, election.term, false) : true
  if (hasEnded) await release(election)
  return hasEnded ? 'released' : 'stuck'
}

/** Takes the Lease, or renews it; false where it is another's, or nobody can tell. */
async function tryToHold(election: Election): Promise<boolean> {
  try {
    return await hold(election)
  } catch (error) {
    election.observer.onError(error)
    return false
  }
}

async function hold(election: Election): Promise<boolean> {
  const { calls, identity, lease } = election
  // Whoever leads has read its own last write: a renewal costs one request.
  if (election.term && lease) {
    const renewed = await calls.update(lease, claim(election, lease.record))
    if (renewed) return note(election, renewed)
  }
  const present = await calls.read()
  if (!present) {
    const created = await calls.create(claim(election, {}))
    return created ? note(election, created) : false
  }
  note(election, observed(lease, present))
  if (!(election.lease && mayTake(election.lease, identity, performance.now()))) return false
  const taken = await calls.update(election.lease, claim(election, election.lease.record))
  return taken ? note(election, taken) : false
}

function claim({ identity, timings }: Election, before: LeaseRecord): LeaseRecord {
  return claimed(before, { identity, leaseMilliseconds: timings.lease, now: new Date() })
}

function note(election: Election, lease: ObservedLease): true {
  const { holderIdentity = '' } = lease.record
  if (election.lease?.record.holderIdentity !== holderIdentity) election.observer.onHolder(holderIdentity)
  election.lease = lease
  return true
}

function startLeading({ lead, timings, observer }: Election, sentAt: number): Term {
  observer.onLeading(true)
  return startTerm({ lead, renewMilliseconds: timings.renew, sentAt })
}

/**
 * After a renewal that failed: whether there is still time for the next one, or leading has ended in order. Whoever finds another
 * holder in the Lease ends at once.
 */
async function stillLeads(election: Election, term: Term): Promise<boolean> {
  const isAnothers = election.lease?.record.holderIdentity !== election.identity
  if (!isAnothers && term.mayWrite()) return true
  return stopLeading(election, term, true)
}

async function stopLeading(election: Election, term: Term, isLost: boolean): Promise<boolean> {
  const hasEnded = await term.end(isLost)
  election.term = undefined
  election.observer.onLeading(false)
  return hasEnded
}

/** So that the next leader need not wait for the Lease to run out. */
async function release({ calls, identity, observer }: Election): Promise<void> {
  try {
    for (let tries = 0; tries < 3; tries++) {
      const present = await calls.read()
      if (present?.record.holderIdentity !== identity) return
      if (await calls.update(present, released(present.record, new Date()))) return
    }
  } catch (error) {
    observer.onError(error)
  }
}
