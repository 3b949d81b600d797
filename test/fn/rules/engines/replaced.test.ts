import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { needs } from '../../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../../harness/servers/cluster.ts'
import { privileged } from '../../privileged-pod.ts'

const PODS = '/api/v1/namespaces/default/pods'
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop', namespace: 'default' }, spec: privileged }

suite('what BK603 says of replacing', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
  })
  after(() => cluster.stop())

  test('the API server refuses to replace a Pod that has a node, although nothing has changed', async () => {
    await cluster.request('POST', PODS, pod)
    const target = { apiVersion: 'v1', kind: 'Node', name: 'node-1' }
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'shop' }, target }
    assert.equal((await cluster.request('POST', `${PODS}/shop/binding`, binding)).status, 201)
    const { code, stderr } = await cluster.kubectl(['replace', '-f', '-'], { input: JSON.stringify(pod) })
    assert.equal(code, 1)
    assert.match(stderr, /pod updates may not change fields other than/)
  })
})
