import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { patchIssues } from '../../../fn/patch/issues.ts'
import { type Mapping, patched } from '../../../fn/patch/merge.ts'
import { stored } from '../../../fn/patch/stored.ts'
import { emit } from '../../../fn/yaml/emit.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../harness/servers/cluster.ts'
import { assertUnchangedWhenAppliedAgain } from '../assert-unchanged-when-applied-again.ts'
import { privileged } from '../privileged-pod.ts'
import { PATCHES } from './patches.ts'

suite('a patched Pod', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
    await cluster.request('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'builder' } })
  })
  after(() => cluster.stop())

  const own: Mapping = { ...privileged, serviceAccountName: 'builder' }
  const pods = PATCHES.map((patch, at) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${at}`, namespace: 'default' },
    spec: stored(patched(own, patch)),
  }))

  test('has patches without a mistake', () => {
    for (const patch of PATCHES)
      assert.deepEqual(
        patchIssues(patch, [], { kind: 'BuildkitTemplate', own, podSpec: own }),
        [],
        JSON.stringify(patch),
      )
  })

  test('is unchanged when it is applied again, whatever it has', async () => {
    await assertUnchangedWhenAppliedAgain(cluster, pods.map((pod) => emit(pod, 0)).join('---\n'))
  })
})
