import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { decide } from '../../../fn/output/render.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../harness/servers/cluster.ts'
import { podManifest } from './pod-manifest.ts'
import { itemsOf, rulesBrokenBy } from './rules-broken.ts'

const LIMIT = 262_144
/** Counted with the annotation's key. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** A builder with so many letters in its configuration. */
function builderWith(letters: number, podAnnotations = {}): string {
  const metadata = { namespace: 'default' }
  const spec = { podAnnotations, buildkitdToml: `# <${'a'.repeat(letters)}> & "more"` }
  const objects = [
    { kind: 'BuildkitTemplate', metadata, spec },
    { kind: 'Buildkit', metadata },
  ]
  return objects.map((object) => JSON.stringify(object)).join('\n---\n')
}

function podOf(manifests: string) {
  const [wanted] = decide(itemsOf(manifests), DEFAULT_CONFIG).plan.wanted
  assert.ok(wanted)
  const { metadata, ...pod } = podManifest(wanted.pods[0].pod)
  return { ...pod, metadata: { ...metadata, namespace: wanted.pods[0].pod.namespace } }
}

suite('a large Pod and kubectl', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
  })
  after(() => cluster.stop())

  const apply = (manifests: string, ...flags: string[]) =>
    cluster.kubectl(['apply', '--dry-run=server', '-f', '-', ...flags], { input: JSON.stringify(podOf(manifests)) })

  test('BK540 speaks from the very byte at which `kubectl apply` is refused', async () => {
    const { stdout } = await cluster.kubectl(['apply', '--dry-run=server', '-o', 'json', '-f', '-'], {
      input: JSON.stringify(podOf(builderWith(0))),
    })
    const { annotations } = JSON.parse(stdout).metadata
    const size = Buffer.byteLength(Object.entries(annotations).flat().join(''))
    assert.ok(Object.hasOwn(annotations, LAST_APPLIED))
    // Each letter is written twice.
    const most = Math.floor((LIMIT - size) / 2)
    for (const [letters, isRefused] of [
      [most, false],
      [most + 1, true],
    ] as const) {
      const { code, stderr } = await apply(builderWith(letters))
      const said = rulesBrokenBy(builderWith(letters)).includes('BK540')
      assert.deepEqual({ letters, refused: code !== 0, said }, { letters, refused: isRefused, said: isRefused }, stderr)
    }
    assert.equal((await apply(builderWith(most + 1), '--server-side')).code, 0)
  })

  test('where Argo CD is told to apply on the server nothing is said', () => {
    const options = { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' }
    assert.deepEqual(rulesBrokenBy(builderWith(130_000)), ['BK540'])
    assert.deepEqual(rulesBrokenBy(builderWith(130_000, options)), [])
  })

  test('of what no API server takes BK505 speaks alone', () => {
    assert.deepEqual(rulesBrokenBy(builderWith(LIMIT)), ['BK505'])
  })
})
