import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

/** What is said of a template with this `spec.tls` and of other objects, as `severity rule object field message`. */
function said(tls: object, ...others: readonly object[]): readonly string[] {
  const template = { kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', ...tls } } }
  const manifests = [template, ...others].map((object) => stringify(object)).join('---\n')
  return resultsOf(manifests).map(({ severity, tags, resourceRef, field, message }) =>
    [severity, tags?.rule, resourceRef?.kind, field?.path, message].join(' '),
  )
}

const issuer = (name: string, metadata: object = {}) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: { name, ...metadata },
})
const issued = (issuerRef: object) => ({ certificate: { issuerRef } })

test('an Issuer is one of those in the package, if it has some', () => {
  const said708 = (...args: Parameters<typeof said>) => said(...args).filter((one) => one.includes('BK708'))
  const at =
    'warning BK708 BuildkitTemplate spec.tls.certificate.issuerRef.name must name an Issuer of its namespace, got "builder-ca", which is not in the package'
  assert.deepEqual(said708(issued({ name: 'builder-ca' }), issuer('builders-ca')), [
    `${at}; did you mean "builders-ca"?`,
  ])
  assert.deepEqual(said708(issued({ name: 'builder-ca' }), issuer('x')), [at])
  assert.deepEqual(said708(issued({ name: 'x' }), issuer('x')), [])
  assert.deepEqual(said708(issued({ name: 'builder-ca' })), [])
  assert.deepEqual(said708(issued({ name: 'builder-ca' }), issuer('x', { namespace: 'other' })), [])
  assert.deepEqual(said708(issued({ name: 'builder-ca' }), issuer('builder-ca', { namespace: 'other' })), [
    at.replace('is not in the package', 'is in namespace "other"'),
  ])
  assert.deepEqual(said708(issued({ name: 'a', kind: 'ClusterIssuer' }), issuer('x')), [])
  assert.deepEqual(said708(issued({ name: 'a', group: 'awspca.cert-manager.io' }), issuer('x')), [])
})

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'buildkit-tls' }, stringData: { 'tls.crt': '…' } }
const certificate = (spec: object, metadata: object = {}) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'builders', ...metadata },
  spec: { secretName: 'buildkit-tls', dnsNames: ['example.svc'], issuerRef: { name: 'a' }, ...spec },
})

test('one Certificate fills a Secret', () => {
  const twice = said(issued({ name: 'a' }), certificate({}))
  assert.equal(twice.length, 1)
  assert.match(
    twice[0] ?? '',
    /^error BK709 BuildkitTemplate spec\.tls\.certificate must be left out, because Certificate "builders" in .* fills Secret "buildkit-tls"; keep one of them$/,
  )
  assert.deepEqual(said(issued({ name: 'a' }), certificate({ secretName: 'other' })), [])
  assert.deepEqual(said(issued({ name: 'a' }), certificate({}, { namespace: 'other' })), [])
  assert.match(
    said(issued({ name: 'a' }), secret).join('\n'),
    /^error BK709 BuildkitTemplate spec\.tls\.certificate must be left out, because .* has Secret "buildkit-tls"; keep one of them$/m,
  )
})

test('a certificate does not replace the CA that signs it', () => {
  const issuerWithCa = (secretName: string) => ({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name: 'a' },
    spec: { ca: { secretName } },
  })
  assert.deepEqual(said(issued({ name: 'a' }), issuerWithCa('ca')), [])
  assert.deepEqual(said(issued({ name: 'a' }), issuerWithCa('buildkit-tls')), [
    'error BK709 BuildkitTemplate spec.tls.secretName must be another Secret, because "buildkit-tls" has the CA of Issuer "a", which the certificate would replace',
  ])
})

test('a Certificate of your own is for the server name, and for servers', () => {
  const name = 'must have "example.svc", by which clients verify builders of BuildkitTemplate "example"'
  assert.deepEqual(said({}, certificate({ dnsNames: ['*.svc'] })), [])
  assert.deepEqual(said({}, certificate({ dnsNames: ['svc', '*.example.svc'] })), [
    `error BK710 Certificate spec.dnsNames ${name}`,
  ])
  assert.equal(said({}, certificate({ dnsNames: 'example.svc' })).length, 1)
  assert.deepEqual(said({}, certificate({ usages: ['digital signature', 'client auth'] })), [
    'error BK710 Certificate spec.usages must have "server auth" for a builder, got client auth',
  ])
  for (const usages of [['server auth', 'client auth'], ['any'], ['digital signature'], []])
    assert.deepEqual(said({}, certificate({ usages })), [])
})

test('templates that share a Secret share its name', () => {
  const other = {
    kind: 'BuildkitTemplate',
    metadata: { name: 'large' },
    spec: { tls: { secretName: 'buildkit-tls', certificate: { issuerRef: { name: 'a' } } } },
  }
  assert.deepEqual(said({}, other), [
    'error BK710 BuildkitTemplate spec.tls.certificate.dnsNames must have "example.svc", by which clients verify builders of BuildkitTemplate "example"',
  ])
  assert.deepEqual(said({ serverName: 'large.svc' }, other), [])
})

const client = (name: string, spec: object = {}) =>
  certificate({ secretName: name, dnsNames: [], usages: ['client auth'], ...spec }, { name })
const SECRET = 'BuildkitTemplate spec.tls.secretName'

test('the Secret of a client or of a CA is not that of a builder, and one finding says so', () => {
  const named = (holder: string) => [
    `error BK710 ${SECRET} must be a Secret for builders, got "buildkit-tls", which Certificate "buildkit-tls" fills for ${holder}`,
  ]
  assert.deepEqual(said({}, client('buildkit-tls')), named('a client'))
  assert.deepEqual(said({}, client('buildkit-tls', { isCA: true, usages: [] })), named('a CA'))
  const conflict =
    /^error {2}BuildkitTemplate spec\.tls\.secretName must be another Secret, because Certificate "buildkit-tls" in .* is that of a (?:client|CA)$/
  for (const spec of [{}, { isCA: true }]) {
    const [one, ...others] = said(issued({ name: 'a' }), client('buildkit-tls', spec), {
      ...issuer('a'),
      spec: { ca: { secretName: 'buildkit-tls' } },
    })
    assert.match(one ?? '', conflict)
    assert.deepEqual(others, [])
  }
  const [other, ...more] = said(issued({ name: 'a' }), client('ci', { secretName: 'buildkit-tls' }))
  assert.match(
    other ?? '',
    /^error BK709 BuildkitTemplate spec\.tls\.secretName must be another Secret, because "buildkit-tls" is for a client: Certificate "ci" in .* fills Secret "buildkit-tls", which the certificate would replace$/,
  )
  assert.deepEqual(more, [])
})

test('a Certificate with the name of the rendered one is one finding', () => {
  const [one, ...others] = said(issued({ name: 'a' }), certificate({}, { name: 'buildkit-tls' }))
  assert.match(
    one ?? '',
    /^error {2}BuildkitTemplate spec\.tls\.secretName must be another Secret, because .* already declares Certificate "buildkit-tls"; or leave out `tls\.certificate`$/,
  )
  assert.deepEqual(others, [])
})

test('two templates do not render one Certificate', () => {
  const other = {
    kind: 'BuildkitTemplate',
    metadata: { name: 'large' },
    spec: { tls: { secretName: 'buildkit-tls', certificate: { issuerRef: { name: 'a' } } } },
  }
  const [one, ...others] = said(issued({ name: 'a' }), other)
  assert.match(
    one ?? '',
    /^error {2}BuildkitTemplate spec\.tls\.secretName must be another Secret, because BuildkitTemplate "example" in .* renders Certificate "buildkit-tls"; leave out `tls\.certificate` in one of them to share the Secret$/,
  )
  assert.deepEqual(others, [])
})
