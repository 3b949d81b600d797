import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { needs } from '../../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../../harness/servers/cluster.ts'
import { podSpecSource } from './pod-spec-source.ts'

const GENERATED = join(import.meta.dirname, '../../../../fn/upstream/kubernetes/generated/pod-spec.ts')
const foreign = Boolean(process.env.KUBEBUILDER_ASSETS) && 'KUBEBUILDER_ASSETS has a version of its own'

suite('the types of a Pod', { skip: needs('etcd', 'kube-apiserver') || foreign }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
  })
  after(() => cluster.stop())

  test('are those of the pinned API server', async () => {
    const [openApi, version] = await Promise.all([
      cluster.request('GET', '/openapi/v2'),
      cluster.request('GET', '/version'),
    ])
    const source = podSpecSource(openApi.body, version.body.gitVersion.slice(1))
    if (process.env.UPDATE) writeFileSync(GENERATED, source)
    assert.equal(readFileSync(GENERATED, 'utf8'), source)
  })
})
