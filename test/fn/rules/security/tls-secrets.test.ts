import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { CA, CERTIFICATE, KEY, OTHER_CA, OTHER_KEY } from '../../../../fn/rules/example-certificates.ts'
import { resultsOf } from '../rules-broken.ts'

/** What is said of a template with this `spec.tls` and of other objects, as `severity rule object field message`. */
function said(tls: object, ...others: readonly object[]): readonly string[] {
  const template = { kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', ...tls } } }
  const manifests = [template, ...others].map((object) => stringify(object)).join('---\n')
  return resultsOf(manifests).map(({ severity, tags, resourceRef, field, message }) =>
    [severity, tags?.rule, resourceRef?.kind, field?.path, message].join(' '),
  )
}

const secret = (fields: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'buildkit-tls', ...metadata },
  ...fields,
})
const encoded = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([key, text]) => [key, Buffer.from(text).toString('base64')]))

const FILES = { 'tls.crt': CERTIFICATE, 'tls.key': KEY, 'ca.crt': CA }

test('a Secret that fits is fine, encoded or not', () => {
  for (const fields of [{ stringData: FILES }, { data: encoded(FILES) }]) assert.deepEqual(said({}, secret(fields)), [])
  const both = { data: encoded({ ...FILES, 'tls.key': OTHER_KEY }), stringData: { 'tls.key': KEY } }
  assert.deepEqual(said({}, secret(both)), [])
})

test('a Secret has every key that a Pod mounts', () => {
  const { 'ca.crt': _, ...pair } = FILES
  const lacks = (field: string) =>
    `error BK423 Secret ${field} must have the keys that builders of BuildkitTemplate "example" mount, got no \`ca.crt\``
  assert.deepEqual(said({}, secret({ data: encoded(pair) })), [lacks('data')])
  assert.deepEqual(said({}, secret({ stringData: pair })), [lacks('stringData')])
  assert.deepEqual(
    said({ clientAuth: 'None' }, secret({ data: encoded(pair) })).filter((one) => /BK423/.test(one)),
    [],
  )
})

test('a key is that of its certificate', () => {
  assert.deepEqual(said({}, secret({ data: encoded({ ...FILES, 'tls.key': OTHER_KEY }) })), [
    'error BK424 Secret data[tls.key] must be the private key of the first certificate in `tls.crt`, which has another public key',
  ])
})

test('a certificate has the server name of the template', () => {
  const other = (got: string) =>
    `error BK425 BuildkitTemplate spec.tls.serverName must be a DNS name of the certificate in Secret "buildkit-tls", got "${got}"; clients that verify this name refuse the builder`
  assert.deepEqual(said({ serverName: 'builders.example.com' }, secret({ stringData: FILES })), [
    other('builders.example.com'),
  ])
  assert.deepEqual(said({ serverName: 'example.ci.svc' }, secret({ stringData: FILES })), [])
})

test('a CA has signed the certificate, perhaps among others', () => {
  const message =
    'warning BK426 Secret stringData[ca.crt] must have signed `tls.crt`, directly or through a CA in it; clients that verify builders by this file refuse them'
  assert.deepEqual(said({}, secret({ stringData: { ...FILES, 'ca.crt': OTHER_CA } })), [message])
  assert.deepEqual(said({}, secret({ stringData: { ...FILES, 'ca.crt': OTHER_CA + CA } })), [])
  const chain = CERTIFICATE + CA
  assert.deepEqual(said({}, secret({ stringData: { ...FILES, 'tls.crt': chain } })), [])
  const itself = { ...FILES, 'ca.crt': CERTIFICATE }
  assert.deepEqual(said({}, secret({ stringData: itself })), [])
})

test('what is encrypted, to be filled in, or of another namespace is not judged', () => {
  const lines = {
    'tls.crt': 'ENC[AES256_GCM,data:abc]',
    'tls.key': 'ENC[AES256_GCM,data:abc]',
    'ca.crt': '<path:kv/data/ca#crt>',
  }
  assert.deepEqual(said({}, secret({ stringData: lines })), [])
  assert.deepEqual(said({}, secret({ data: { 'tls.crt': 'ENC[x]' }, sops: { version: '3.9.0' } })), [])
  assert.deepEqual(said({}, secret({})), [])
  assert.deepEqual(said({}, secret({ data: {} })), [])
  assert.deepEqual(said({}, secret({ data: ['a'] })), [])
  assert.deepEqual(said({}, secret({ stringData: { a: 'b' } }, { namespace: 'other' })), [])
  assert.deepEqual(said({}, secret({ stringData: { a: 'b' } }, { name: 'other' })), [])
})

test('no finding has anything of a Secret in it', () => {
  const wrong = { ...FILES, 'tls.key': OTHER_KEY, 'ca.crt': OTHER_CA }
  const manifests = [
    { kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', serverName: 'a.b' } } },
    secret({ stringData: wrong }),
  ]
  const results = resultsOf(manifests.map((object) => stringify(object)).join('---\n'))
  assert.equal(results.length, 3)
  const text = JSON.stringify(results)
  for (const pem of Object.values(wrong)) assert.ok(!text.includes(pem.split('\n')[1] ?? pem))
})

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
    said(issued({ name: 'a' }), secret({ data: encoded(FILES) })).join('\n'),
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
