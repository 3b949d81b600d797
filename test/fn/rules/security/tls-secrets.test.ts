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
