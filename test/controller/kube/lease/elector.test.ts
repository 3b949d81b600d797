import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { ApiClient } from '../../../../controller/kube/api/api-client.ts'
import { needs } from '../../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../../harness/servers/cluster.ts'
import { connect } from './candidacy.ts'
import { holdElection, type Scenario } from './election.ts'
import { handScenarios } from './hand-scenarios.ts'
import { leadingScenarios } from './leading-scenarios.ts'
import { stoppingScenarios } from './stopping-scenarios.ts'

suite('candidates for a Lease', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  let client: ApiClient
  before(async () => {
    cluster = await startCluster()
    client = await connect(cluster)
  })
  after(async () => {
    client?.close()
    await cluster?.stop()
  })
  for (const [name, scenario] of Object.entries({ ...leadingScenarios, ...handScenarios, ...stoppingScenarios }))
    test(name, (t) => watched(scenario, t))

  test('keep their leader where each answer takes almost half of the renew deadline', async () => {
    const timings = { lease: 4000, renew: 3000, retry: 1000 }
    const election = holdElection({ cluster, client }, timings)
    try {
      const leader = election.stand('a')
      leader.intercept(async (_call, pass) => {
        const answer = await pass()
        await setTimeout(1250)
        return answer
      })
      await election.leaderAmong([leader])
      await setTimeout(10_000)
      assert.deepEqual([leader.mayWrite(), leader.epochs()], [true, 1])
    } finally {
      await election.end()
    }
  })

  /** Invariant of every scenario: no two may write at the same moment. */
  async function watched(scenario: Scenario, t: Parameters<Scenario>[1]): Promise<void> {
    const election = holdElection({ cluster, client })
    try {
      await scenario(election, t)
    } finally {
      await election.end()
    }
  }
})
