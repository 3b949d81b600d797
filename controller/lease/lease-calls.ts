import type { ApiClient } from '../api/api-client.ts'
import { ApiError } from '../api/api-error.ts'
import type { LeaseRecord, ObservedLease } from './lease-record.ts'

/** The requests for one Lease: read, create and update, no others. */
export interface LeaseCalls {
  /** Undefined where there is none. */
  readonly read: () => Promise<ObservedLease | undefined>
  /** Undefined where somebody else was faster. */
  readonly create: (record: LeaseRecord) => Promise<ObservedLease | undefined>
  /** Updates exactly this version; undefined where somebody else was faster. */
  readonly update: (observed: ObservedLease, record: LeaseRecord) => Promise<ObservedLease | undefined>
}

interface Lease {
  readonly metadata: { readonly resourceVersion: string }
  readonly spec?: LeaseRecord
}

interface LeaseCallsOptions {
  readonly client: ApiClient
  readonly namespace: string
  readonly name: string
  readonly deadlineMilliseconds: number
}

export function createLeaseCalls({ client, namespace, name, deadlineMilliseconds }: LeaseCallsOptions): LeaseCalls {
  const collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
  const path = `${collection}/${name}`
  const send = async (method: 'GET' | 'POST' | 'PUT', at: string, body?: unknown): Promise<ObservedLease> => {
    const lease = (await client.request({ method, path: at, body, lane: 'lease', deadlineMilliseconds })) as Lease
    const { resourceVersion } = lease.metadata
    return { record: lease.spec ?? {}, resourceVersion, changedAt: performance.now() }
  }
  const object = (metadata: object, spec: LeaseRecord) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace, ...metadata },
    spec,
  })
  return {
    read: () => send('GET', path).catch(undefinedOn(404)),
    create: (record) => send('POST', collection, object({}, record)).catch(undefinedOn(409)),
    update: ({ resourceVersion }, record) =>
      send('PUT', path, object({ resourceVersion }, record)).catch(undefinedOn(404, 409)),
  }
}

function undefinedOn(...codes: readonly number[]): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof ApiError && codes.includes(error.code)) return
    throw error
  }
}
