import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { API_VERSION } from '../../../crds/names.ts'
import { type ApiRequest, apiRequests } from '../../harness/servers/api-request.ts'
import { binary, needs } from '../../harness/servers/binaries.ts'
import type { Cluster } from '../../harness/servers/cluster.ts'
import { startCrdCluster } from '../../harness/servers/crd-cluster.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { freePorts } from '../../harness/servers/free-ports.ts'
import { createPackage, podName } from '../../harness/servers/package.ts'
import { startProcess } from '../../harness/servers/server-process.ts'
import { CONFIG } from '../../harness/servers/stage.ts'

const RBAC = 'rbac.authorization.k8s.io'
const ENDPOINT = { endpoint: 'tcp://10.0.0.1:1234', tlsServerName: 'small.ci.svc' }

test('a ServiceAccount with the ClusterRole view reads endpoints and templates, and writes nothing', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager'),
}, async () => {
  const cluster = await startCrdCluster()
  const manager = await startAggregation(cluster)
  try {
    const pkg = await createPackage(cluster)
    await pkg.applyBuildkit('b', podName('b', 1))
    await pkg.editStatus('b', ENDPOINT)
    const reads = await viewerIn(cluster, pkg.namespace)
    const namespaced = (rest: string) => `/apis/${API_VERSION}/namespaces/${pkg.namespace}/${rest}`
    const buildkit = namespaced('buildkits/b')
    assert.equal((await reads('GET', buildkit)).status, 403)
    await cluster.kubectl(['apply', '--kustomize', CONFIG])
    await eventually(async () => (await reads('GET', buildkit)).status, 200)
    const { status } = (await reads('GET', buildkit)).body
    assert.deepEqual([status.endpoint, status.tlsServerName], Object.values(ENDPOINT))
    // An API server answers 429 while it opens the storage of a kind that was applied again.
    await eventually(async () => (await reads('GET', namespaced('buildkittemplates'))).status, 200)
    for (const [method, path] of [
      ['PATCH', buildkit],
      ['PATCH', `${buildkit}/status`],
      ['DELETE', buildkit],
      ['POST', namespaced('buildkits')],
      ['GET', `/api/v1/namespaces/${pkg.namespace}/secrets`],
      ['GET', `/apis/${API_VERSION}/buildkits`],
    ] as const)
      assert.equal((await reads(method, path, method === 'GET' ? undefined : {})).status, 403, `${method} ${path}`)
  } finally {
    await manager.stop()
    await cluster.stop()
  }
})

/** The one controller of Kubernetes that adds rules to `view`. */
async function startAggregation({ kubeconfig }: Cluster): Promise<{ readonly stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'aggregation-'))
  const [port = 0] = await freePorts(1)
  const server = startProcess(
    binary('kube-controller-manager'),
    [
      `--kubeconfig=${kubeconfig}`,
      '--leader-elect=false',
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      '--controllers=clusterrole-aggregation-controller',
    ],
    { log: join(folder, 'kube-controller-manager.log') },
  )
  return { stop: () => server.stop().then(() => rm(folder, { recursive: true, force: true })) }
}

/** Requests of a ServiceAccount that may only view its namespace. */
async function viewerIn({ url, request }: Cluster, namespace: string): Promise<ApiRequest> {
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`
  await request('POST', accounts, { metadata: { name: 'ci' } })
  const binding = await request('POST', `/apis/${RBAC}/v1/namespaces/${namespace}/rolebindings`, {
    metadata: { name: 'ci' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: 'ci', namespace }],
  })
  assert.equal(binding.status, 201)
  const { body } = await request('POST', `${accounts}/ci/token`, { spec: { audiences: [] } })
  return apiRequests({ url, token: body.status.token })
}
