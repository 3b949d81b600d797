import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metadata, saidOf } from './surroundings.ts'

const issuer = (kind: string, name: string, spec: object = { ca: { secretName: 'ca' } }) => ({
  apiVersion: 'cert-manager.io/v1',
  kind,
  metadata: kind === 'ClusterIssuer' ? { name } : metadata(name),
  spec,
})
const template = (issuerRef: object, tls: object = {}) => ({
  kind: 'BuildkitTemplate',
  metadata: metadata('example'),
  spec: { tls: { secretName: 'buildkit-tls', certificate: { issuerRef }, ...tls } },
})
const own = (issuerRef: object, spec: object = {}) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: metadata('builders'),
  spec: { secretName: 'buildkit-tls', dnsNames: ['example.ci.svc'], issuerRef, ...spec },
})
const buildkit = { kind: 'Buildkit', metadata: metadata('example') }
const said = (...objects: readonly object[]) => saidOf(buildkit, ...objects)
const REF = 'BuildkitTemplate spec.tls.certificate.issuerRef'

test('an issuer has the kind that the template says', () => {
  const cluster = issuer('ClusterIssuer', 'ca')
  assert.deepEqual(said(template({ name: 'ca' }), cluster), [
    `BK708 ${REF}.kind must be "ClusterIssuer", because the package has ClusterIssuer "ca", got "Issuer", which is the default`,
  ])
  assert.deepEqual(said(template({ name: 'ca', kind: 'Issuer' }), cluster), [
    `BK708 ${REF}.kind must be "ClusterIssuer", because the package has ClusterIssuer "ca", got "Issuer"`,
  ])
  assert.deepEqual(said(template({ name: 'ca', kind: 'ClusterIssuer' }), issuer('Issuer', 'ca')), [
    `BK708 ${REF}.kind must be "Issuer", because the package has Issuer "ca", got "ClusterIssuer"`,
  ])
  assert.deepEqual(said(template({ name: 'ca' }), cluster, issuer('Issuer', 'ca')), [])
  assert.deepEqual(said(template({ name: 'ca', kind: 'ClusterIssuer' }), cluster), [])
  const elsewhere = { ...issuer('Issuer', 'ca'), metadata: metadata('ca', 'other') }
  assert.deepEqual(said(template({ name: 'ca', kind: 'ClusterIssuer' }), elsewhere), [])
})

test('a ClusterIssuer may be in another package, unless its name is almost that of one in this', () => {
  const ref = (name: string) => template({ name, kind: 'ClusterIssuer' })
  assert.deepEqual(said(ref('builder-ca'), issuer('ClusterIssuer', 'builders-ca')), [
    `BK708 ${REF}.name must name a ClusterIssuer, got "builder-ca", which is not in the package; did you mean "builders-ca"?`,
  ])
  assert.deepEqual(said(ref('builders-ca'), issuer('ClusterIssuer', 'letsencrypt', { acme: {} })), [])
})

test('cert-manager rejects kinds of issuers that it does not have', () => {
  assert.deepEqual(said(template({ name: 'ca', kind: 'clusterissuer' })), [
    `BK428 ${REF}.kind must be "Issuer" or "ClusterIssuer" in group "cert-manager.io", got "clusterissuer"`,
  ])
  assert.deepEqual(said(template({ name: 'ca', kind: 'AWSPCAIssuer' })), [
    `BK428 ${REF}.kind must be "Issuer" or "ClusterIssuer" in group "cert-manager.io", got "AWSPCAIssuer"`,
  ])
  assert.deepEqual(said(template({ name: 'ca', kind: 'AWSPCAIssuer', group: 'awspca.cert-manager.io' })), [])
})

const NO_CA: readonly (readonly [kind: string, spec: object, why: string])[] = [
  ['Issuer', { acme: {} }, 'is for ACME and returns no CA'],
  ['ClusterIssuer', { acme: {} }, 'is for ACME and returns no CA'],
  ['Issuer', { selfSigned: {} }, 'is self-signed, so each certificate is its own CA'],
]
for (const [kind, spec, why] of NO_CA)
  test(`without a CA, no client can be verified: ${kind} ${why}`, () => {
    const message = `must name an issuer whose CA also signs certificates of clients, got "a"; ${kind} "a" ${why}`
    const there = issuer(kind, 'a', spec)
    const ref = { name: 'a', kind }
    assert.deepEqual(said(template(ref), there), [`BK711 ${REF}.name ${message}`])
    const noCertificate = template(ref, { certificate: undefined })
    assert.deepEqual(said(noCertificate, own(ref), there), [`BK711 Certificate spec.issuerRef.name ${message}`])
    assert.deepEqual(
      said(template(ref, { clientAuth: 'None' }), there).filter((one) => one.startsWith('BK7')),
      [],
    )
    assert.deepEqual(said(template({ ...ref, group: 'example.com' }), there), [])
  })

test('an issuer with a CA signs for both', () => {
  for (const spec of [{ ca: { secretName: 'ca' } }, { vault: {} }, {}])
    assert.deepEqual(said(template({ name: 'a' }), issuer('Issuer', 'a', spec)), [])
})
