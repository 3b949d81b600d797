import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { ApiClient } from '../../../../controller/kube/api/api-client.ts'
import type { LeaseTimings } from '../../../../controller/kube/lease/elector.ts'
import type { LeaseRecord } from '../../../../controller/kube/lease/lease-calls.ts'
import type { Cluster } from '../../../harness/servers/cluster.ts'
import { eventually } from '../../../harness/servers/eventually.ts'
import { type Candidacy, pass, stand } from './candidacy.ts'

/** Candidates for one Lease, watched all the time. */
export interface Election {
  readonly name: string
  readonly path: string
  readonly timings: LeaseTimings
  readonly stand: (identity: string) => Candidacy
  /** The one that may write, as soon as there is one among these. */
  readonly leaderAmong: (candidates: readonly Candidacy[]) => Promise<Candidacy>
  /** The present Lease. */
  readonly read: () => Promise<Lease>
  /** The same through kubectl. */
  readonly readWithKubectl: () => Promise<Lease>
  /** Comes back when the Lease has this holder. */
  readonly holder: (identity: string) => Promise<void>
  /** A merge patch, as by hand. */
  readonly edit: (patch: object) => Promise<void>
  readonly remove: () => Promise<void>
  /** Stops all candidates. Throws where two could have written at the same moment. */
  readonly end: () => Promise<void>
}

interface Lease {
  readonly metadata: { readonly labels?: object; readonly annotations?: object }
  /** Of a Lease that was created by an election. */
  readonly spec: Required<LeaseRecord>
}

/** What a test of the election does. */
export type Scenario = (election: Election, t: TestContext) => Promise<void>

interface Surroundings {
  readonly cluster: Cluster
  readonly client: ApiClient
}

let elections = 0

/** An election of its own, with short timings unless said otherwise. */
export function holdElection({ cluster, client }: Surroundings, timings: LeaseTimings = SHORT): Election {
  elections += 1
  const name = `election-${elections}`
  const path = `/apis/coordination.k8s.io/v1/namespaces/default/leases/${name}`
  const all: Candidacy[] = []
  const overlaps = watchOver(all)
  const read = async (): Promise<Lease> => (await cluster.request('GET', path)).body
  return {
    name,
    path,
    timings,
    stand: (identity) => {
      const candidacy = stand(client, { name, identity, timings })
      all.push(candidacy)
      return candidacy
    },
    leaderAmong: (candidates) => until(() => candidates.find(({ mayWrite }) => mayWrite())),
    read,
    readWithKubectl: async () => {
      const { stdout } = await cluster.kubectl(['get', 'lease', name, '--output=json'])
      return JSON.parse(stdout)
    },
    holder: (identity) => eventually(async () => (await read()).spec?.holderIdentity, identity),
    edit: async (patch) => {
      assert.equal((await cluster.request('PATCH', path, patch)).status, 200)
    },
    remove: async () => {
      assert.equal((await cluster.request('DELETE', path)).status, 200)
    },
    end: async () => {
      for (const candidacy of all) candidacy.intercept(pass)
      await Promise.all(all.map(({ stop }) => stop()))
      assert.deepEqual(overlaps.stop(), [])
    },
  }
}

// A Lease counts in whole seconds.
const SHORT: LeaseTimings = { lease: 1000, renew: 600, retry: 100 }

/** For requests and timers, on a machine that does other work as well. */
export const SLACK_MILLISECONDS = 500

/** Notes every time that more than one may write. */
function watchOver(candidates: readonly Candidacy[]) {
  const overlaps: string[] = []
  const timer = setInterval(() => {
    const writers = candidates.filter(({ mayWrite }) => mayWrite())
    if (writers.length > 1) overlaps.push(writers.map(({ identity }) => identity).join(' and '))
  }, 1)
  return {
    stop: () => {
      clearInterval(timer)
      return overlaps
    },
  }
}

/** What `find` finds, as soon as it does. */
export async function until<T>(find: () => T | undefined | false, seconds = 20): Promise<T> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const found = find()
    if (found !== undefined && found !== false) return found
    assert.ok(performance.now() < deadline, `not within ${seconds} s`)
    await setTimeout(2)
  }
}
