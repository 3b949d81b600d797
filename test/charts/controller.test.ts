import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { needs } from '../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { eventually } from '../harness/servers/eventually.ts'
import { columns, createPackage, type Package, podName } from '../harness/servers/package.ts'
import { runDeployed } from './deployed-controller.ts'
import { CHART, helm, RELEASE } from './helm.ts'

const POD = podName('b', 1)
const ACCOUNT = `system:serviceaccount:${RELEASE}:${RELEASE}`
const CLUSTER_ROLE = `/apis/rbac.authorization.k8s.io/v1/clusterroles/${RELEASE}`

suite('the controller, started as the chart says and allowed what the chart allows', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'helm'),
}, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster({ audit: true })
  })
  after(() => cluster.stop())

  test('leads and publishes endpoints in every namespace', async () => {
    const pkg = await createPackage(cluster)
    await helmUpgrade(cluster)
    await eventually(() => mayPatch(cluster, pkg), true)
    await runDeployed(cluster, 'buildkit-controller-1', () => assertServes(pkg))
  })

  test('does so in the namespaces that it is given, with Roles in them only', async () => {
    const [one, other] = [await createPackage(cluster), await createPackage(cluster)]
    await helmUpgrade(cluster, '--set', `watchNamespaces={${one.namespace}}`)
    assert.equal((await cluster.request('GET', CLUSTER_ROLE)).status, 404)
    await eventually(() => mayPatch(cluster, one), true)
    await eventually(() => mayPatch(cluster, other), false)
    await runDeployed(cluster, 'buildkit-controller-2', async () => {
      await startBuilder(other)
      await assertServes(one)
      assert.deepEqual(await other.status('b'), { observedGeneration: -1 })
    })
  })
})

async function helmUpgrade({ kubeconfig }: Cluster, ...args: readonly string[]): Promise<void> {
  const common = ['--install', '--create-namespace', '--namespace', RELEASE, '--kubeconfig', kubeconfig]
  const { code, stderr } = await helm(['upgrade', RELEASE, CHART, ...common, ...args])
  assert.equal(code, 0, stderr)
}

/** The API server hears of Roles a moment after they were written. */
async function mayPatch({ request }: Cluster, { namespace }: Package): Promise<boolean> {
  const status = { group: 'buildkit.seatgeek.io', resource: 'buildkits', subresource: 'status' }
  const spec = { user: ACCOUNT, resourceAttributes: { ...status, namespace, verb: 'patch' } }
  const { body } = await request('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', { spec })
  return body.status.allowed
}

async function startBuilder(pkg: Package): Promise<void> {
  await pkg.applyPod('b', POD)
  await pkg.applyBuildkit('b', POD)
  await pkg.runPod(POD, '10.0.0.1')
}

async function assertServes(pkg: Package): Promise<void> {
  await startBuilder(pkg)
  await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'])
}
