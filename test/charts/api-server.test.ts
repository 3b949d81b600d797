import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { needs } from '../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { manifestsIn, RELEASE, template } from './helm.ts'
import { createMonitoringCrds } from './monitoring-crds.ts'

const VALUES = join(import.meta.dirname, 'values')
const names = readdirSync(VALUES).map((name) => name.replace('.yaml', ''))
const render = (name: string) => template('--values', join(VALUES, `${name}.yaml`))
const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' }

suite('what the chart renders', { skip: needs('etcd', 'kube-apiserver', 'kubectl', 'helm') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
    await createMonitoringCrds(cluster)
    for (const name of [RELEASE, 'builders-a', 'builders-b'])
      await cluster.request('POST', '/api/v1/namespaces', { metadata: { name, labels: RESTRICTED } })
  })
  after(() => cluster.stop())

  for (const name of names) {
    test(`with values/${name}.yaml the API server takes it, every field, without a warning`, async () => {
      const input = await render(name)
      const outcome = await cluster.kubectl(['apply', '--dry-run=server', '--filename=-'], { input })
      assert.deepEqual([outcome.code, outcome.stderr], [0, ''])
      assert.equal(outcome.stdout.match(/ \(server dry run\)\n/g)?.length, manifestsIn(input).length)
    })

    test(`with values/${name}.yaml its Pod may run where Pod Security is "restricted"`, async () => {
      const { metadata, spec } = podTemplateIn(await render(name))
      const { status, body, warnings } = await createPod({ metadata: { ...metadata, name }, spec })
      assert.deepEqual([status, warnings], [201, []], JSON.stringify(body))
    })
  }

  test('and a Pod that might run as root may not', async () => {
    const { spec } = podTemplateIn(await render('defaults'))
    const { status, body } = await createPod({ metadata: { name: 'root' }, spec: { ...spec, securityContext: {} } })
    assert.equal(status, 403)
    assert.match(
      body.message,
      /^pods "root" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true/,
    )
  })

  test('and kubectl apply -k config/default is taken as well', async () => {
    const folder = join(import.meta.dirname, '../../config/default')
    // kubectl's own mark; the Namespace was made without it.
    await cluster.kubectl(['annotate', 'namespace', RELEASE, 'kubectl.kubernetes.io/last-applied-configuration={}'])
    const { code, stderr } = await cluster.kubectl(['apply', '--kustomize', folder])
    assert.deepEqual([code, stderr], [0, ''])
  })

  function createPod(pod: object) {
    return cluster.request('POST', `/api/v1/namespaces/${RELEASE}/pods?fieldValidation=Strict`, pod)
  }
})

function podTemplateIn(text: string) {
  return manifestsIn(text).find(({ kind }) => kind === 'Deployment')?.spec.template
}
