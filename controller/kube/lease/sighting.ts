import { isDeepStrictEqual } from 'node:util'
import { isReleased, type Lease, type LeaseRecord } from './lease-calls.ts'

/** What a candidate has seen of the Lease. */
export interface Sighting {
  /** As it was read last; undefined where there is none. */
  readonly lease: Lease | undefined
  /** What it said when there was one last. */
  readonly record: LeaseRecord | undefined
  /** Until when another process may take itself for the leader, by `performance.now()`. */
  readonly rivalUntil: number
}

/** Before the first look. */
export const UNSEEN: Sighting = { lease: undefined, record: undefined, rivalUntil: Number.NEGATIVE_INFINITY }

interface Look {
  readonly identity: string
  readonly leaseMilliseconds: number
  /** When the answer came, by `performance.now()`. */
  readonly now: number
}

/**
 * What is known after one more look. As in client-go a record runs out when it has not changed for its duration by our own clock:
 * those of other machines are not believed, and whoever only annotates the Lease does not prolong it.
 * Invariant: a Lease is not taken while another process may take itself for the leader
 */
export function sighted(before: Sighting, lease: Lease | undefined, look: Look): Sighting {
  // Deleted or not, whoever held it goes on until it has failed to renew it.
  if (!lease) return { ...before, lease }
  const { spec: record = {} } = lease
  const isSame = isDeepStrictEqual(record, before.record)
  return { lease, record, rivalUntil: isSame ? before.rivalUntil : rivalUntil(before, record, look) }
}

function rivalUntil(before: Sighting, record: LeaseRecord, { identity, leaseMilliseconds, now }: Look): number {
  if (record.holderIdentity === identity || isErased(before.record, record, identity)) return before.rivalUntil
  if (isReleased(record) || (!before.record && isBlank(record))) return UNSEEN.rivalUntil
  // A duration that somebody shortened does not make its holder give up any sooner.
  return now + Math.max(leaseMilliseconds, (record.leaseDurationSeconds ?? 0) * 1000)
}

/** Whether it is our own record, but for the name that somebody took out. */
function isErased(before: LeaseRecord | undefined, record: LeaseRecord, identity: string): boolean {
  return before?.holderIdentity === identity && !record.holderIdentity && record.acquireTime === before.acquireTime
}

/** Made by hand, to be taken by whoever comes first. */
function isBlank({ holderIdentity, renewTime }: LeaseRecord): boolean {
  return !(holderIdentity || renewTime)
}
