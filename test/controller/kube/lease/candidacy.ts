import { once } from 'node:events'
import type { ApiCall } from '../../../../controller/kube/api/api-call.ts'
import { type ApiClient, createApiClient } from '../../../../controller/kube/api/api-client.ts'
import { loadAccess } from '../../../../controller/kube/api/load-access.ts'
import { createHistory } from '../../../../controller/kube/history.ts'
import { createElector, type LeaseTimings } from '../../../../controller/kube/lease/elector.ts'
import type { Cluster } from '../../../harness/servers/cluster.ts'

/** What becomes of a call: `pass` takes it to the API server. */
export type Interception = (call: ApiCall, pass: () => Promise<unknown>) => Promise<unknown>

/** One process of several that stand for the same Lease, as far as the election is concerned. */
export interface Candidacy {
  readonly identity: string
  readonly mayWrite: () => boolean
  /** How often it has begun to lead. */
  readonly epochs: () => number
  /** Whether it leads, as its observer was told. */
  readonly isLeading: () => boolean
  /** Holders that it has seen, each once in a row. */
  readonly holders: readonly string[]
  readonly errors: readonly unknown[]
  /** What it asked of the API server: `PUT /apis/…`. */
  readonly calls: readonly string[]
  /** From now on asked for each call. */
  readonly intercept: (interception: Interception) => void
  /** Has it stop, and give the Lease back. */
  readonly stop: () => Promise<'released' | 'stuck'>
}

export interface Standing {
  readonly name: string
  readonly identity: string
  readonly timings: LeaseTimings
}

/** A call that passes. */
export const pass: Interception = (_call, through) => through()

/** A call that gets no answer, and is given up like any other. */
export const hang: Interception = async ({ deadlineMilliseconds = 10_000, signal }) => {
  await once(AbortSignal.any([AbortSignal.timeout(deadlineMilliseconds), ...(signal ? [signal] : [])]), 'abort')
  throw new Error('no answer')
}

export const refuse: Interception = () => Promise.reject(new Error('connection refused'))

export async function connect({ kubeconfig }: Cluster): Promise<ApiClient> {
  const access = await loadAccess({ kubeconfig, env: {}, homeFolder: '/nowhere' })
  return createApiClient(access, { userAgent: 'candidacy' })
}

/** Stands for a Lease in namespace `default` until it is stopped. */
export function stand(client: ApiClient, { name, identity, timings }: Standing): Candidacy {
  const [holders, errors, calls]: [string[], unknown[], string[]] = [[], [], []]
  const stop = new AbortController()
  let interception = pass
  let epochs = 0
  let isLeading = false
  const request: ApiClient['request'] = (call) => {
    calls.push(`${call.method} ${call.path}`)
    return interception(call, () => client.request(call))
  }
  const elector = createElector({
    client: { ...client, request },
    history: createHistory(),
    namespace: 'default',
    name,
    identity,
    timings,
    lead: async (epoch) => {
      epochs += 1
      if (!epoch.aborted) await once(epoch, 'abort')
    },
    observer: {
      onLeading: (leads) => {
        isLeading = leads
      },
      onLost: () => undefined,
      onHolder: (holder) => holders.push(holder),
      onError: (error) => errors.push(error),
    },
  })
  const outcome = elector.run(stop.signal)
  return {
    identity,
    mayWrite: elector.mayWrite,
    epochs: () => epochs,
    isLeading: () => isLeading,
    holders,
    errors,
    calls,
    intercept: (next) => {
      interception = next
    },
    stop: () => {
      stop.abort()
      return outcome
    },
  }
}
