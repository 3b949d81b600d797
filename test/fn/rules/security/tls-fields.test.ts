import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

/** What is said of a template with this `spec`, as `rule field message`; BK401 as any other. */
function said(spec: object, ...others: readonly object[]): readonly string[] {
  const manifests = [{ kind: 'BuildkitTemplate', spec }, ...others].map((object) => stringify(object)).join('---\n')
  return resultsOf(manifests, { rules: {} }).map(({ tags, field, message }) =>
    [tags?.rule, field?.path, message].join(' '),
  )
}

const REQUIRE = { tls: { secretName: 'buildkit-tls' } }
const NONE = { tls: { secretName: 'buildkit-tls', clientAuth: 'None' } }
const FILE = '[grpc.tls]\n  cert = "/a/tls.crt"\n  key = "/a/tls.key"\n'

test('a builder that requires client certificates has nothing to be said of', () => {
  assert.deepEqual(said(REQUIRE), [])
  assert.deepEqual(said({ ...REQUIRE, command: ['/start'] }), [])
})

test('a builder with a certificate that asks for none is open, although it is encrypted', () => {
  assert.deepEqual(said(NONE), [
    'BK401 spec.tls.clientAuth must be "Require" to authenticate clients, got "None"; the connection is encrypted, but anyone who can reach the port can build, including `RUN` steps of the builder',
  ])
})

test('certificates in the file have no effect beside those of the field', () => {
  const ca = '  ca = "/a/ca.crt"\n'
  const overridden = (key: string) =>
    `BK116 spec.buildkitdToml \`grpc.tls.${key}\` has no effect, because \`spec.tls\` overrides it; remove it`
  assert.deepEqual(said({ ...REQUIRE, buildkitdToml: FILE + ca }), ['cert', 'key', 'ca'].map(overridden))
  assert.deepEqual(
    said({ ...NONE, buildkitdToml: FILE }).filter((one) => one.startsWith('BK116')),
    ['cert', 'key'].map(overridden),
  )
})

test('an old image answers probes through its socket', () => {
  const image = 'moby/buildkit:v0.12.5'
  assert.equal(said({ image }).filter((one) => one.startsWith('BK307')).length, 1)
  assert.deepEqual(
    said({ image, ...REQUIRE }).filter((one) => one.startsWith('BK307')),
    [],
  )
})

test('metrics are open to the cluster, unless a NetworkPolicy says who reads them', () => {
  const metrics = { ...REQUIRE, observability: { metrics: { port: 6061 } } }
  const open =
    'BK408 spec.observability.metrics.port also serves profiles and the contents of the cache, without authentication, to anyone who can reach it; restrict who connects with a NetworkPolicy in this package'
  assert.deepEqual(said(metrics), [open])
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: {
      podSelector: {},
      ingress: [
        { from: [{ podSelector: {} }], ports: [{ port: 'tcp' }] },
        { from: [{ podSelector: { matchLabels: { app: 'prometheus' } } }], ports: [{ port: 'metrics' }] },
      ],
    },
  }
  assert.ok(!said(metrics, policy).some((one) => one.startsWith('BK408')))
})

test('an address of metrics in the file has no effect beside the field', () => {
  const spec = { ...REQUIRE, observability: { metrics: {} }, buildkitdToml: '[grpc]\ndebugAddress = "127.0.0.1:1"\n' }
  assert.deepEqual(
    said(spec).filter((one) => one.startsWith('BK116')),
    [
      'BK116 spec.buildkitdToml `grpc.debugAddress` has no effect, because `spec.observability.metrics` overrides it; remove it',
    ],
  )
})

test('metrics have a port of their own, which a rootless builder may have', () => {
  const metrics = (port: number) => ({ ...REQUIRE, observability: { metrics: { port } } })
  const about = (id: string, spec: object) => said(spec).filter((one) => one.startsWith(id))
  assert.deepEqual(about('BK124', metrics(1234)), [
    'BK124 spec.observability.metrics.port must be another port than `spec.port`, got 1234; buildkitd exits with "address already in use"',
  ])
  assert.deepEqual(about('BK124', { ...REQUIRE, port: 6060, observability: { metrics: {} } }), [
    'BK124 spec.observability.metrics.port must be another port than `spec.port`, got 6060, which is the default; buildkitd exits with "address already in use"',
  ])
  assert.match(
    about('BK308', { rootless: true, ...metrics(80) }).join(),
    /^BK308 spec.observability.metrics.port must be/,
  )
})

test('Prometheus and Services find metrics where the field has them', () => {
  const podAnnotations = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '6060' }
  const metrics = { ...REQUIRE, observability: { metrics: {} }, podAnnotations }
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    spec: { selector: { 'buildkit.seatgeek.io/buildkit': 'example' }, ports: [{ port: 80, targetPort: 'metrics' }] },
  }
  assert.ok(!said(metrics, service).some((one) => /^BK70/.test(one)))
  const other = { ...metrics, podAnnotations: { ...podAnnotations, 'prometheus.io/port': '1' } }
  assert.ok(said(other).some((one) => one.includes('the port 6060 of `spec.observability.metrics`')))
})

test('a Service of your own does not expose builders without client certificates', () => {
  const service = (spec: object) => ({
    apiVersion: 'v1',
    kind: 'Service',
    spec: { selector: { 'buildkit.seatgeek.io/buildkit': 'example' }, ports: [{ port: 1234 }], ...spec },
  })
  const exposed = (spec: object, own: object = {}) => said(spec, service(own)).filter((one) => one.startsWith('BK427'))
  const open = (field: string, what: string) => [
    `BK427 spec.${field} must be ${what} without client certificates; anyone who can reach it can build on Buildkit "example"; set \`spec.tls\` of the template with \`clientAuth: Require\``,
  ]
  assert.deepEqual(exposed({}, { type: 'LoadBalancer' }), open('type', '"ClusterIP"'))
  assert.deepEqual(exposed(NONE, { type: 'NodePort' }), open('type', '"ClusterIP"'))
  assert.deepEqual(exposed({}, { externalIPs: ['192.0.2.1'] }), open('externalIPs', 'left out'))
  for (const own of [{}, { type: 'ClusterIP', externalIPs: [] }, { type: 'NodePort', ports: [{ port: 9 }] }])
    assert.deepEqual(exposed({}, own), [])
  assert.deepEqual(exposed(REQUIRE, { type: 'LoadBalancer' }), [])
})
