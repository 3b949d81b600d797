/** What a Lease says (`coordination.k8s.io/v1`, LeaseSpec), as client-go's elections write it. */
export interface LeaseRecord {
  /** Empty after a release. */
  readonly holderIdentity?: string
  readonly leaseDurationSeconds?: number
  readonly acquireTime?: string
  readonly renewTime?: string
  readonly leaseTransitions?: number
}

interface Claim {
  readonly identity: string
  readonly leaseMilliseconds: number
  readonly now: Date
}

const RELEASED_SECONDS = 1

/** The record with which `identity` takes or keeps the Lease; `before` is undefined where there is none. */
export function claimed(
  before: LeaseRecord | undefined,
  { identity, leaseMilliseconds, now }: Claim,
): Required<LeaseRecord> {
  const renewTime = microTimeOf(now)
  const isKept = before?.holderIdentity === identity
  const transitions = before ? (before.leaseTransitions ?? 0) + 1 : 0
  return {
    holderIdentity: identity,
    leaseDurationSeconds: Math.max(1, Math.ceil(leaseMilliseconds / 1000)),
    acquireTime: (isKept && before.acquireTime) || renewTime,
    renewTime,
    leaseTransitions: isKept ? (before.leaseTransitions ?? 0) : transitions,
  }
}

/** The record that lets anybody take the Lease at once. */
export function released(before: LeaseRecord, now: Date): LeaseRecord {
  const renewTime = microTimeOf(now)
  return {
    ...before,
    holderIdentity: '',
    leaseDurationSeconds: RELEASED_SECONDS,
    acquireTime: renewTime,
    renewTime,
  }
}

/** Whether its holder has given it back. A holder that somebody else has erased may not know of that yet. */
export function isReleased({ holderIdentity, leaseDurationSeconds }: LeaseRecord): boolean {
  return !holderIdentity && leaseDurationSeconds === RELEASED_SECONDS
}

/** `metav1.MicroTime`: the API server takes six digits of a second, and no other number of them. */
export function microTimeOf(date: Date): string {
  return date.toISOString().replace('Z', '000Z')
}
