import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metadata, saidOf } from './surroundings.ts'

const template = (issuerRef: object = { name: 'builders-ca' }, name = 'example') => ({
  kind: 'BuildkitTemplate',
  metadata: metadata(name),
  spec: { tls: { secretName: `${name}-tls`, certificate: { issuerRef } } },
})
const issuer = (name: string, namespace?: string) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: metadata(name, namespace),
  spec: { ca: { secretName: name } },
})
const client = (spec: object = {}, meta: object = metadata('ci-client')) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: meta,
  spec: {
    secretName: 'ci-client',
    commonName: 'ci',
    usages: ['digital signature', 'client auth'],
    issuerRef: { name: 'builders-ca' },
    ...spec,
  },
})
const buildkit = { kind: 'Buildkit', metadata: metadata('example') }
const said = (...objects: readonly object[]) => saidOf(buildkit, ...objects)
const CA = issuer('builders-ca')

test('the Certificate of a client fits, as the example has it', () => {
  assert.deepEqual(said(template(), CA, client()), [])
  assert.deepEqual(said(template(), CA, client({ usages: undefined })), [], 'without usages, it is for every purpose')
  const cluster = { name: 'builders-ca', kind: 'ClusterIssuer' }
  assert.deepEqual(said(template(cluster), client({ issuerRef: cluster }, metadata('c', 'elsewhere'))), [])
})

test('the Certificate of a client has the usage of clients', () => {
  const message = (got: string) => [
    `BK712 Certificate spec.usages must have "client auth" for a client of builders, got ${got}`,
  ]
  assert.deepEqual(said(template(), CA, client({ usages: ['server auth'] })), message('server auth'))
  const named = { usages: ['server auth', 'code signing'], dnsNames: ['ci'] }
  assert.deepEqual(said(template(), CA, client(named)), message('server auth, code signing'))
  assert.deepEqual(said(template(), CA, client(named, metadata('ci'))), [], 'a server of somebody else')
  assert.deepEqual(said(template(), CA, client({ usages: ['server auth'], isCA: true })), [])
  assert.deepEqual(said(template(), CA, client({ usages: ['server auth'], issuerRef: { name: 'others' } })), [])
})

test('the Certificate of a client is in the namespace of its Issuer', () => {
  const elsewhere = client({}, metadata('ci-client', 'shop'))
  const message = [
    'BK712 Certificate metadata.namespace must be "ci", the namespace of Issuer "builders-ca" of BuildkitTemplate "example", got "shop"',
  ]
  assert.deepEqual(said(template(), CA, elsewhere), message)
  assert.deepEqual(said(template(), elsewhere), message)
  assert.deepEqual(said(template(), CA, issuer('builders-ca', 'shop'), elsewhere), [])
  assert.deepEqual(said(template(), CA, client({ usages: ['digital signature'] }, metadata('c', 'shop'))), [])
  assert.deepEqual(said(template(), CA, client({}, { name: 'c' })), [], 'it goes where somebody sends it')
})

test('the Certificate of a client names the issuer of the builders', () => {
  const names = (issuerRef: object, spec: object = {}) => said(template(), CA, client({ issuerRef, ...spec }))
  assert.deepEqual(names({ name: 'builder-ca' }), [
    'BK712 Certificate spec.issuerRef.name must name the issuer of the builders, got "builder-ca"; did you mean "builders-ca"?',
  ])
  assert.deepEqual(names({ name: 'builders-ca', kind: 'ClusterIssuer' }), [
    'BK712 Certificate spec.issuerRef.kind must be "Issuer", as in BuildkitTemplate "example", got "ClusterIssuer"',
  ])
  assert.deepEqual(names({ name: 'others' }), [])
  assert.deepEqual(names({ name: 'builder-ca' }, { usages: ['server auth'] }), [])
  assert.deepEqual(said(template(), CA, issuer('builder-ca'), client({ issuerRef: { name: 'builder-ca' } })), [])
})

const tls = (secretName: string, name = 'example') => ({
  kind: 'BuildkitTemplate',
  metadata: metadata(name),
  spec: { tls: { secretName } },
})
const filling = (secretName: string, spec: object = {}) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: metadata('builders'),
  spec: { secretName, dnsNames: ['example.ci.svc'], issuerRef: { name: 'a' }, ...spec },
})
const secret = (name: string, fields: object = { stringData: { 'tls.crt': 'ENC[a]' } }, namespace?: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: metadata(name, namespace),
  ...fields,
})

test('a Secret that nothing fills may be a slip of one that is filled', () => {
  const meant = [
    'BK713 BuildkitTemplate spec.tls.secretName must name a Secret that something fills, got "buildkit-tsl"; did you mean "buildkit-tls"?',
  ]
  assert.deepEqual(said(tls('buildkit-tsl'), filling('buildkit-tls')), meant)
  assert.deepEqual(said(tls('buildkit-tsl'), secret('buildkit-tls')), meant)
  assert.deepEqual(said(tls('buildkit-tsl'), secret('buildkit-tls', { type: 'kubernetes.io/tls' })), meant)
})

test('a Secret of another package is not a slip', () => {
  const fine: readonly (readonly object[])[] = [
    [tls('buildkit-tls'), filling('buildkit-tls')],
    [tls('buildkit-tls'), filling('others')],
    [tls('amd64-tls'), tls('arm64-tls', 'arm'), filling('arm64-tls', { dnsNames: ['arm.ci.svc'] })],
    [tls('example-tls'), { ...template(undefined, 'example'), metadata: metadata('filler') }, filling('example-tlz')],
    [tls('buildkit-tls'), filling('buildkit-ca', { isCA: true })],
    [tls('buildkit-tls'), secret('buildkit-tlz', {}, 'elsewhere')],
    [tls('buildkit-tls'), secret('buildkit-auth', { stringData: { '.dockerconfigjson': '{}' } })],
    [tls('buildkit-tls'), filling('buildkit-tlc', { usages: ['client auth'], dnsNames: [] })],
    [tls('buildkit-tls'), filling('buildkit-tlz'), secret('x', { metadata: metadata('buildkit-tls') })],
    [
      tls('buildkit-tls'),
      filling('buildkit-tlz'),
      { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: metadata('buildkit-tls') },
    ],
  ]
  const about = (objects: readonly object[]) => said(...objects).filter((one) => one.startsWith('BK713'))
  for (const objects of fine) assert.deepEqual(about(objects), [], JSON.stringify(objects))
})
