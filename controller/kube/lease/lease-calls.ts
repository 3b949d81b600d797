import type { ApiClient } from '../api/api-client.ts'
import { ApiError } from '../api/api-error.ts'
import type { History } from '../history.ts'

/** The requests for one Lease: get, create and update, no others. */
export interface LeaseCalls {
  /** Undefined where there is none. */
  readonly read: (signal?: AbortSignal) => Promise<Lease | undefined>
  /**
   * Creates the Lease, or updates exactly this version of it, and leaves what else it has; undefined where somebody else was faster.
   */
  readonly write: (lease: Lease | undefined, record: LeaseRecord, signal?: AbortSignal) => Promise<Lease | undefined>
}

interface LeaseCallsOptions {
  readonly client: ApiClient
  readonly history: History
  readonly namespace: string
  readonly name: string
  readonly deadlineMilliseconds: number
}

export function createLeaseCalls(options: LeaseCallsOptions): LeaseCalls {
  const { client, history, namespace, name, deadlineMilliseconds } = options
  const collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
  const path = `${collection}/${name}`
  const limits = (signal?: AbortSignal) => ({ lane: 'lease', deadlineMilliseconds, ...(signal && { signal }) }) as const
  const send = async (call: Call, signal?: AbortSignal) => {
    const answered = history.ask(path)
    const lease = (await client.request({ ...call, ...limits(signal) })) as Lease
    answered(lease.metadata)
    return lease
  }
  return {
    read: (signal) => send({ method: 'GET', path }, signal).catch(undefinedOn(404)),
    write: (lease, record, signal) => {
      const body = { ...(lease ?? emptyLease(namespace, name)), spec: { ...lease?.spec, ...record } }
      // A Lease that was deleted meanwhile is a 409 as well, or, for its create, a 404 of its namespace: that one is an error.
      return lease
        ? send({ method: 'PUT', path, body }, signal).catch(undefinedOn(404, 409))
        : send({ method: 'POST', path: collection, body }, signal).catch(undefinedOn(409))
    },
  }
}

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly body?: unknown
}

function emptyLease(namespace: string, name: string) {
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { namespace, name } }
}

function undefinedOn(...codes: readonly number[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ApiError && codes.includes(error.code)) return
    throw error
  }
}

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

/** The parts of a `coordination.k8s.io/v1` Lease that matter here; what else it has is kept. */
export interface Lease {
  readonly metadata: { readonly resourceVersion: string; readonly uid?: string }
  readonly spec?: LeaseRecord
}
