import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Mapping, patched } from '../../../../fn/patch/merge.ts'
import { podMistakes } from '../../../../fn/upstream/kubernetes/pod-mistakes.ts'
import { needs } from '../../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../../harness/servers/cluster.ts'
import { PATCHES } from '../../patch/patches.ts'
import { privileged } from '../../privileged-pod.ts'

const side = (container: object) => ({ containers: [{ name: 'side', image: 'a', ...container }] })
const volume = (source: object) => ({ volumes: [{ name: 'a', ...source }] })
const valueFrom = { secretKeyRef: { name: 'a', key: 'b' } }

const MISTAKES: readonly Mapping[] = [
  side({ env: [{ name: 'A', value: 'a', valueFrom }] }),
  side({ env: [{ name: 'A', valueFrom: {} }] }),
  side({ env: [{ name: 'A', valueFrom: { secretKeyRef: { key: 'b' } } }] }),
  side({ env: [{ name: 'A', valueFrom: { ...valueFrom, fieldRef: { fieldPath: 'metadata.name' } } }] }),
  side({ env: [{ name: 'A=B', value: 'a' }] }),
  side({ envFrom: [{}] }),
  side({ envFrom: [{ secretRef: {} }] }),
  side({ ports: [{ containerPort: 65_536 }] }),
  side({ name: 'Side' }),
  side({ volumeMounts: [{ name: 'buildkitd' }] }),
  side({ lifecycle: { preStop: { httpGet: {} } } }),
  { initContainers: [{ name: 'buildkit', image: 'a' }] },
  volume({ secret: {} }),
  volume({ configMap: {} }),
  volume({ persistentVolumeClaim: {} }),
  volume({ hostPath: {} }),
  volume({ configMap: { name: 'a', items: [{ key: 'b' }] } }),
  volume({ projected: { sources: [{ serviceAccountToken: {} }] } }),
  volume({ emptyDir: {}, secret: { secretName: 'a' } }),
  { volumes: [{ name: 'a.b', emptyDir: {} }] },
  { dnsPolicy: 'None' },
  { hostAliases: [{ hostnames: ['a'] }] },
]
/** What looks like one of them, and is none. */
const RIGHT: readonly Mapping[] = [
  volume({}),
  side({ env: [{ name: 'a.b-c d', value: '' }] }),
  side({ env: [{ name: 'A', value: '', valueFrom }] }),
  { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.1'] } },
  ...PATCHES,
]

suite('what an API server rejects of a Pod', { skip: needs('etcd', 'kube-apiserver') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
  })
  after(() => cluster.stop())

  async function isAccepted(spec: Mapping): Promise<boolean> {
    const template = { metadata: { name: 'a' }, template: { spec } }
    const { status } = await cluster.request('POST', '/api/v1/namespaces/default/podtemplates?dryRun=All', template)
    return status === 201
  }

  for (const patch of MISTAKES)
    test(`is found: ${JSON.stringify(patch)}`, async () => {
      const spec = patched(privileged, patch)
      assert.deepEqual([await isAccepted(spec), podMistakes(spec).length], [false, 1])
    })

  test('is nothing else', async () => {
    for (const patch of RIGHT) {
      const spec = patched(privileged, patch)
      assert.deepEqual([patch, await isAccepted(spec), podMistakes(spec)], [patch, true, []])
    }
  })
})
