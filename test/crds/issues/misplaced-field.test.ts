import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Buildkit } from '../../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { validate } from '../../../crds/validate.ts'

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
const metadata = { name: 'arm64' }

/** What is said of the fields in the `spec` of a template, or of a Buildkit. */
function said(kind: 'BuildkitTemplate' | 'Buildkit', spec: object): readonly string[] {
  const checked =
    kind === 'Buildkit'
      ? validate(Buildkit, { apiVersion, kind, metadata, spec: { template: 'a', ...spec } })
      : validate(BuildkitTemplate, { apiVersion, kind, metadata, spec })
  return 'issues' in checked ? checked.issues.map(({ message }) => message) : []
}

test('what a Pod or its container has goes into the patch', () => {
  for (const kind of ['BuildkitTemplate', 'Buildkit'] as const)
    assert.deepEqual(
      said(kind, { env: [], imagePullSecrets: [], sidecars: [], extraVolumeMounts: [], podTemplate: {} }),
      [
        'is not a field of `spec`; set `spec.podSpecPatch.containers[name=buildkit].env`',
        'is not a field of `spec`; set `spec.podSpecPatch.imagePullSecrets`',
        'is not a field of `spec`; set `spec.podSpecPatch.containers`',
        'is not a field of `spec`; set `spec.podSpecPatch.containers[name=buildkit].volumeMounts`',
        'is not a field of `spec`; set `spec.podSpecPatch`',
      ],
    )
})

test('a volume is the cache of the template', () => {
  assert.deepEqual(said('BuildkitTemplate', { persistence: {}, storageClassName: 'a', cacheSize: '1Gi' }), [
    'is not a field of `spec`; set `spec.cache.claim`',
    'is not a field of `spec`; set `spec.cache.claim.storageClassName`',
    'is not a field of `spec`; set `spec.cache.claim.size`',
  ])
  assert.deepEqual(said('Buildkit', { pvc: {} }), ['is not a field of `spec`; set `spec.cache.claim` of the template'])
})

test('what only a template has is set there', () => {
  assert.deepEqual(said('Buildkit', { image: 'a', nodeSelector: {}, scheduling: {}, nodeName: 'a' }), [
    'is not a field of `spec`; set `spec.image` of the template',
    'is not a field of `spec`; set `spec.scheduling.nodeSelector` of the template',
    'is not a field of `spec`; set `spec.scheduling` of the template',
    'is not a field of `spec`; set `spec.scheduling.nodeSelector[kubernetes.io/hostname]` of the template',
  ])
})

test('what only a Buildkit has is set there', () => {
  assert.deepEqual(said('BuildkitTemplate', { replicas: 2, pdb: {} }), [
    'is not a field of `spec`; set `spec.replicas` of the Buildkit',
    'is not a field of `spec`; set `spec.replicas` of the Buildkit',
  ])
  assert.deepEqual(said('Buildkit', { replicaCount: 2 }), ['is not a field of `spec`; set `spec.replicas`'])
})

test('labels and annotations have other names in the other kind', () => {
  assert.deepEqual(said('BuildkitTemplate', { labels: {} }), ['is not a field of `spec`; set `spec.podLabels`'])
  assert.deepEqual(said('Buildkit', { podAnnotations: {} }), ['is not a field of `spec`; set `spec.annotations`'])
})

test('a field in a group is looked for there', () => {
  const scheduling = { runtimeClassName: 'kata', nodeName: 'a', tolerations: [] }
  assert.deepEqual(said('BuildkitTemplate', { scheduling, cache: { hostpath: { path: '/a' } } }).slice(0, 2), [
    'is not a field of `scheduling`; set `spec.podSpecPatch.runtimeClassName`',
    'is not a field of `scheduling`; set `spec.scheduling.nodeSelector[kubernetes.io/hostname]`',
  ])
})

test('what there is no field for is done otherwise', () => {
  assert.deepEqual(said('Buildkit', { networkPolicy: {} }), [
    'is not a field of `spec`; write a NetworkPolicy that selects the Pods',
  ])
})

test('a name of every object is no hint', () => {
  assert.match(said('BuildkitTemplate', { constructor: 1 })[0] ?? '', /^is not a field of `spec`/)
})

test('the cache has a claim, which has what rendering gives it', () => {
  const claim = { size: '1Gi', labels: {}, annotations: {}, dataSource: {} }
  assert.deepEqual(said('BuildkitTemplate', { cache: { claim } }), [
    'is not a field of `claim`; rendering writes the labels of a claim',
    'is not a field of `claim`; rendering writes the annotations of a claim',
    'is not a field of `claim`; only `spec.cache.ephemeral` has it',
  ])
  assert.deepEqual(said('BuildkitTemplate', { cache: { size: '1Gi' } }), [
    'must be an object with exactly one of emptyDir, ephemeral, claim, hostPath, got an object',
    'is not a field of `cache`; set `spec.cache.claim.size`',
  ])
  const existing = said('BuildkitTemplate', { cache: { claimName: 'a' } })
  assert.ok(
    existing.includes('is not a field of `cache`; set `spec.cache.claim`, which makes a claim for each builder'),
  )
})

test('how Pods follow each other is of their lifecycle', () => {
  const spec = { strategy: 'Recreate', updateStrategy: {}, resourceClaims: [], lifecycle: { handover: 'recreate' } }
  assert.deepEqual(said('BuildkitTemplate', spec), [
    'is not a field of `spec`; set `spec.lifecycle.handover`',
    'is not a field of `spec`; set `spec.lifecycle.handover`',
    'is not a field of `spec`; set `spec.podSpecPatch.resourceClaims`',
    'must be one of "Overlap", "Recreate", got "recreate"; did you mean "Recreate"?',
  ])
})

test('an access mode has no abbreviation, and a list of them does not become one', () => {
  const cache = { claim: { size: '1Gi', accessMode: 'RWO' } }
  const checked = validate(BuildkitTemplate, { apiVersion, kind: 'BuildkitTemplate', metadata, spec: { cache } })
  assert.ok('issues' in checked)
  assert.equal(checked.issues[0]?.proposedValue, 'ReadWriteOnce')
  const lists = { claim: { size: '1Gi', accessModes: ['ReadWriteOnce'] } }
  const other = validate(BuildkitTemplate, { apiVersion, kind: 'BuildkitTemplate', metadata, spec: { cache: lists } })
  assert.ok('issues' in other)
  assert.equal(other.issues[0]?.message, 'is not a field of `claim`; did you mean `accessMode`?')
  assert.equal(other.issues[0]?.fix, undefined)
})

/** For each name, what is said to set instead. */
function placesOf(names: readonly string[]): readonly string[] {
  const messages = said('BuildkitTemplate', Object.fromEntries(names.map((name) => [name, 'a'])))
  return messages.map((message) => message.replace('is not a field of `spec`; set ', ''))
}

test('whatever people call it, TLS is a group of the template', () => {
  const names = ['tlsSecret', 'tlsSecretName', 'certificates', 'mtls', 'certManager', 'issuerRef', 'clientCA']
  assert.deepEqual(placesOf(names), [
    '`spec.tls.secretName`',
    '`spec.tls.secretName`',
    '`spec.tls`',
    '`spec.tls`',
    '`spec.tls.certificate`',
    '`spec.tls.certificate.issuerRef`',
    '`spec.tls.clientAuth`',
  ])
  assert.deepEqual(said('Buildkit', { tls: {} }), ['is not a field of `spec`; set `spec.tls` of the template'])
})

test('whatever people call them, Services, metrics and traces have fields', () => {
  const names = ['serviceType', 'loadBalancer', 'metrics', 'prometheus', 'debugAddress', 'otlpEndpoint', 'tracing']
  assert.deepEqual(placesOf(names), [
    '`spec.service.type`',
    '`spec.service.type`',
    '`spec.observability.metrics`',
    '`spec.observability.metrics`',
    '`spec.observability.metrics.port`',
    '`spec.observability.otlp.endpoint`',
    '`spec.observability.otlp`',
  ])
  assert.deepEqual(said('Buildkit', { service: {} }), ['is not a field of `spec`; set `spec.service` of the template'])
})

test('a group says where its fields are, which other charts have', () => {
  assert.deepEqual(said('BuildkitTemplate', { tls: { secretName: 'a', enabled: true, key: 'a', issuerRef: {} } }), [
    'is not a field of `tls`; builders serve TLS where `spec.tls` is set',
    'is not a field of `tls`; set `spec.tls.secretName`, and put it into that Secret as `tls.key`',
    'is not a field of `tls`; set `spec.tls.certificate.issuerRef`',
  ])
  const certificate = { issuerRef: { name: 'a' }, clusterIssuer: 'a', usages: [] }
  assert.deepEqual(said('BuildkitTemplate', { tls: { secretName: 'a', certificate } }), [
    'is not a field of `certificate`; set `spec.tls.certificate.issuerRef`, with `kind: ClusterIssuer`',
    'is not a field of `certificate`; write a Certificate of your own for it, and leave `spec.tls.certificate` out',
  ])
  assert.deepEqual(said('BuildkitTemplate', { service: { ports: [], selector: {}, loadBalancerIP: '10.0.0.1' } }), [
    'is not a field of `service`; set `spec.service.port`',
    'is not a field of `service`; rendering writes the selector of a Service',
    'is not a field of `service`; write a Service of your own for it, with another name',
  ])
  const observability = { metrics: { enabled: true }, otlp: { serviceName: 'a', insecure: true } }
  assert.deepEqual(said('BuildkitTemplate', { observability }), [
    'is not a field of `metrics`; metrics are served where `spec.observability.metrics` is set',
    'is not a field of `otlp`; an `endpoint` that starts with http:// has no TLS',
  ])
})
