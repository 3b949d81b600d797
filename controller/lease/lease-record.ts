/** What a Lease says (`coordination.k8s.io/v1`, LeaseSpec), as client-go's elections write it. */
export interface LeaseRecord {
  /** Empty after a release. */
  readonly holderIdentity?: string
  readonly leaseDurationSeconds?: number
  readonly acquireTime?: string
  readonly renewTime?: string
  readonly leaseTransitions?: number
}

/** A Lease as it was seen, and since when it has looked like that by our own clock: those of other machines are not believed. */
export interface ObservedLease {
  readonly record: LeaseRecord
  readonly resourceVersion: string
  /** By `performance.now()`. */
  readonly changedAt: number
}

/** What is known after a Lease was read: one that says the same as before has not changed since. */
export function observed(
  before: ObservedLease | undefined,
  { record, resourceVersion, changedAt }: ObservedLease,
): ObservedLease {
  const isSame = before?.resourceVersion === resourceVersion
  return { record, resourceVersion, changedAt: isSame ? before.changedAt : changedAt }
}

/** Whether `identity` may take the Lease at `now` (by `performance.now()`). */
export function mayTake({ record, changedAt }: ObservedLease, identity: string, now: number): boolean {
  const { holderIdentity = '', leaseDurationSeconds = 0 } = record
  return holderIdentity === '' || holderIdentity === identity || now >= changedAt + leaseDurationSeconds * 1000
}

interface Claim {
  readonly identity: string
  readonly leaseMilliseconds: number
  readonly now: Date
}

/** The record with which `identity` takes or keeps the Lease. */
export function claimed(before: LeaseRecord, { identity, leaseMilliseconds, now }: Claim): Required<LeaseRecord> {
  const renewTime = microTimeOf(now)
  const { holderIdentity = '', acquireTime, leaseTransitions = 0 } = before
  const isKept = holderIdentity === identity && acquireTime !== undefined
  return {
    holderIdentity: identity,
    leaseDurationSeconds: Math.max(1, Math.ceil(leaseMilliseconds / 1000)),
    acquireTime: isKept ? acquireTime : renewTime,
    renewTime,
    leaseTransitions: leaseTransitions + (isKept || holderIdentity === '' ? 0 : 1),
  }
}

/** The record that lets anybody take the Lease at once. */
export function released(before: LeaseRecord, now: Date): LeaseRecord {
  const renewTime = microTimeOf(now)
  return { ...before, holderIdentity: '', leaseDurationSeconds: 1, acquireTime: renewTime, renewTime }
}

/** `metav1.MicroTime`: the API server takes six digits of a second, and no other number of them. */
export function microTimeOf(date: Date): string {
  return date.toISOString().replace('Z', '000Z')
}
