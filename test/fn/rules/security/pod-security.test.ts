import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { parseAllDocuments, stringify } from 'yaml'
import { build } from '../../../../fn/commands/build.ts'
import { DEFAULT_CONFIG } from '../../../../fn/config/render-config.ts'
import { hasCorrection } from '../../../../fn/fix/corrected-source.ts'
import { documentItem } from '../../../../fn/input/item-of-text.ts'
import { needs } from '../../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../../harness/servers/cluster.ts'
import { findingsOf, resultsOf } from '../rules-broken.ts'

const PREFIX = 'pod-security.kubernetes.io/'
const MODES = {
  privileged: {},
  rootless: { rootless: true },
  'user namespace': { hostUsers: false },
  'rootless in a user namespace': { rootless: true, hostUsers: false },
}
const LABELS: readonly Readonly<Record<string, string>>[] = [
  {},
  { enforce: 'privileged', warn: 'restricted', audit: 'restricted' },
  { warn: 'baseline' },
  ...['baseline', 'restricted'].flatMap((enforce) =>
    ['latest', 'v1.0', 'v1.18', 'v1.25', 'v1.35', 'v1.99'].map((version) => ({ enforce, 'enforce-version': version })),
  ),
]

function namespaceWith(labels: Readonly<Record<string, string>>, name = 'builders') {
  const prefixed = Object.fromEntries(Object.entries(labels).map(([key, value]) => [`${PREFIX}${key}`, value]))
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: prefixed } }
}

function builders(spec: object) {
  const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
  const metadata = { name: 'example', namespace: 'builders' }
  return [
    { apiVersion, kind: 'BuildkitTemplate', metadata, spec },
    { apiVersion, kind: 'Buildkit', metadata, spec: { template: 'example' } },
  ]
}

function isRefused(labels: Readonly<Record<string, string>>, spec: object): boolean {
  const manifests = [namespaceWith(labels), ...builders(spec)].map((object) => stringify(object)).join('---\n')
  return resultsOf(manifests).some(({ tags }) => tags?.rule === 'BK413')
}

function podOf(spec: object): Readonly<Record<string, unknown>> {
  const items = builders(spec).map((object) => documentItem(stringify(object)))
  const { stdout } = build(items, DEFAULT_CONFIG)
  const objects = parseAllDocuments(stdout.join('')).map((document) => document.toJS())
  return objects.find(({ kind }) => kind === 'Pod')
}

test('a level that nobody knows counts as restricted, as in Kubernetes', () => {
  const manifests = [namespaceWith({ enforce: 'priviledged' }), ...builders({})]
  const results = resultsOf(manifests.map((object) => stringify(object)).join('---\n'))
  assert.deepEqual(
    results.map(({ message, resourceRef }) => [resourceRef?.kind, message]),
    [
      [
        'Namespace',
        'must be "privileged", got "priviledged", which counts as "restricted"; the API server rejects the Pod of Buildkit "example"; change it, or use a separate namespace for builders',
      ],
    ],
  )
})

test('the level of another namespace is of no concern', () => {
  const manifests = [namespaceWith({ enforce: 'restricted' }, 'web'), ...builders({})]
  assert.deepEqual(resultsOf(manifests.map((object) => stringify(object)).join('---\n')), [])
})

test('of a Namespace that has no name yet nothing is said, nor of builders without a namespace', () => {
  const metadata = { generateName: 'builders-', labels: { [`${PREFIX}enforce`]: 'restricted' } }
  const somewhere = builders({}).map((object) => ({ ...object, metadata: { name: 'example' } }))
  const objects = [{ apiVersion: 'v1', kind: 'Namespace', metadata }, ...somewhere]
  const items = objects.map((object) => documentItem(stringify(object)))
  assert.equal(build(items, DEFAULT_CONFIG).exitCode, 0)
})

test('what protects a whole namespace is not lowered by `fix`', () => {
  const manifests = [namespaceWith({ enforce: 'baseline' }), ...builders({})]
  const [result] = findingsOf(manifests.map((object) => stringify(object)).join('---\n'))
  assert.equal(result && hasCorrection(result), false)
})

suite('Pod Security levels, on an API server', { skip: needs('etcd', 'kube-apiserver', 'kubectl') }, () => {
  let cluster: Cluster
  before(async () => {
    cluster = await startCluster()
  })
  after(() => cluster.stop())

  LABELS.forEach((labels, at) => {
    test(`BK413 says what the API server does: ${JSON.stringify(labels)}`, async () => {
      const name = `level-${at}`
      const created = await cluster.request('POST', '/api/v1/namespaces', namespaceWith(labels, name))
      assert.equal(created.status, 201)
      for (const [mode, spec] of Object.entries(MODES)) {
        const pod = { ...podOf(spec), metadata: { name: 'example', namespace: name } }
        const { status } = await cluster.request('POST', `/api/v1/namespaces/${name}/pods?dryRun=All`, pod)
        assert.deepEqual({ mode, isRefused: status === 403 }, { mode, isRefused: isRefused(labels, spec) })
        assert.ok(status === 403 || status === 201, String(status))
      }
    })
  })
})
