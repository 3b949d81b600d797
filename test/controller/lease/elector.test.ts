import { after, before, suite, test } from 'node:test'
import type { ApiClient } from '../../../controller/api/api-client.ts'
import { needs } from '../../servers/binaries.ts'
import { type Cluster, startCluster } from '../../servers/cluster.ts'
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
