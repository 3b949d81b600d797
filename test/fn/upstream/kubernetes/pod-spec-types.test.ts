import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { needs } from '../../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../../harness/servers/cluster.ts'
import { emptyPodSpec, type OpenApi, podSpecSource } from './pod-spec-source.ts'

const GENERATED = join(import.meta.dirname, '../../../../fn/upstream/kubernetes/generated/pod-spec.ts')
const foreign = Boolean(process.env.KUBEBUILDER_ASSETS) && 'KUBEBUILDER_ASSETS has a version of its own'

suite('the types of a Pod', { skip: needs('etcd', 'kube-apiserver', 'kubectl') || foreign }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
  })
  after(() => cluster.stop())

  /** kubectl reads a Pod into Kubernetes' own types, and writes it again. */
  async function writtenByKubectl(openApi: OpenApi): Promise<unknown> {
    const overrides = { apiVersion: 'v1', spec: emptyPodSpec(openApi) }
    const args = ['run', 'a', '--image=a', '--dry-run=client', '--output=json', '--overrides']
    const { code, stdout, stderr } = await cluster.kubectl([...args, JSON.stringify(overrides)])
    assert.equal(code, 0, stderr)
    return JSON.parse(stdout).spec
  }

  test('are those of the pinned API server', async () => {
    const [openApi, version] = await Promise.all([
      cluster.request('GET', '/openapi/v2'),
      cluster.request('GET', '/version'),
    ])
    const written = await writtenByKubectl(openApi.body)
    const source = podSpecSource({ openApi: openApi.body, version: version.body.gitVersion.slice(1), written })
    if (process.env.UPDATE) writeFileSync(GENERATED, source)
    assert.equal(readFileSync(GENERATED, 'utf8'), source)
  })
})
