import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { needs } from '../../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../../harness/servers/cluster.ts'
import { type Beside, startControllerManager } from '../../../harness/servers/control-plane.ts'
import { rulesBrokenBy } from '../rules-broken.ts'
import { BUDGET_CASES } from './budget-cases.ts'
import { evictionsIn, manifestsOf } from './evictions.ts'

suite('PodDisruptionBudgets keep the Pods that rules say, by an API server and the controller of Kubernetes', {
  skip: needs('etcd', 'kube-apiserver', 'kube-controller-manager'),
}, () => {
  let cluster: Cluster
  let manager: Beside
  before(async () => {
    cluster = await startCluster()
    manager = await startControllerManager(cluster, ['disruption-controller'])
  })
  after(async () => {
    await manager.stop()
    await cluster.stop()
  })

  for (const [at, [sentence, one]] of Object.entries(BUDGET_CASES).entries()) {
    test(sentence, async () => {
      const manifests = manifestsOf(one)
      assert.deepEqual(
        rulesBrokenBy(manifests).filter((rule) => /^BK71[567]$/.test(rule)),
        one.rules,
      )
      assert.deepEqual(await evictionsIn(cluster, `case-${at}`, one), one.evictions)
    })
  }
})
