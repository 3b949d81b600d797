import { claimed, type Lease, type LeaseCalls, released } from './lease-calls.ts'
import { type Sighting, sighted, UNSEEN } from './sighting.ts'

/** Takes, keeps and gives back one Lease in one name. */
export interface Candidate {
  /** Takes the Lease, or renews it; false where it is another's, or somebody else was faster. */
  readonly hold: (signal: AbortSignal) => Promise<boolean>
  /** Whether another name, or none, was seen in it last. */
  readonly isAnothers: () => boolean
  /** In how many milliseconds it may be taken, if nobody renews it; 0 for now. */
  readonly untilFree: () => number
  /** Gives the Lease back, if it may be ours, so that the next leader need not wait for it to run out. */
  readonly release: () => Promise<void>
}

export interface CandidateOptions {
  readonly calls: LeaseCalls
  readonly identity: string
  readonly leaseMilliseconds: number
  /** Told when another holder is seen; none is the empty text. */
  readonly onHolder: (identity: string) => void
}

interface State extends CandidateOptions {
  sighting: Sighting
  /** Whether it is not known that the Lease is not ours: a write whose answer got lost may have arrived. */
  mayHold: boolean
}

const RELEASE_TRIES = 3

export function createCandidate(options: CandidateOptions): Candidate {
  const state: State = { ...options, sighting: UNSEEN, mayHold: false }
  return {
    hold: (signal) => hold(state, signal),
    isAnothers: () => state.sighting.record?.holderIdentity !== state.identity,
    untilFree: () => Math.max(0, state.sighting.rivalUntil - performance.now()),
    release: () => release(state),
  }
}

/** Whoever holds the Lease has read its own last write: a renewal costs one request. */
async function hold(state: State, signal: AbortSignal): Promise<boolean> {
  const isOurs = state.sighting.lease?.spec?.holderIdentity === state.identity
  if (!isOurs) await look(state, signal)
  if (await claim(state, signal)) return true
  if (!isOurs) return false
  await look(state, signal)
  return claim(state, signal)
}

async function look(state: State, signal?: AbortSignal): Promise<void> {
  note(state, await state.calls.read(signal))
}

async function claim(state: State, signal: AbortSignal): Promise<boolean> {
  const { calls, sighting } = state
  if (performance.now() < sighting.rivalUntil) return false
  state.mayHold = true
  const lease = await calls.write(sighting.lease, claimed(sighting.record, { ...state, now: new Date() }), signal)
  if (!lease) return false
  note(state, lease)
  return true
}

function note(state: State, lease: Lease | undefined): void {
  const { identity, leaseMilliseconds, sighting, onHolder } = state
  const holder = lease?.spec?.holderIdentity ?? ''
  if (holder !== (sighting.lease?.spec?.holderIdentity ?? '')) onHolder(holder)
  state.sighting = sighted(sighting, lease, { identity, leaseMilliseconds, now: performance.now() })
  state.mayHold = holder === identity
}

async function release(state: State): Promise<void> {
  for (let tries = 0; tries < RELEASE_TRIES && state.mayHold; tries += 1) {
    await look(state)
    const { lease } = state.sighting
    if (!(state.mayHold && lease)) return
    const given = await state.calls.write(lease, released(lease.spec ?? {}, new Date()))
    if (given) note(state, given)
  }
}
