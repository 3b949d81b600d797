import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { BUNDLE, kustomize, layer } from './kustomize-layer.ts'

const skip = needs('kustomize')
const RENAMES = 'namePrefix: p-\nnameSuffix: -s\n'
const example = (file: string) => readFileSync(join(import.meta.dirname, '../../examples/tls', file), 'utf8')
const FILES = ['buildkits.yaml', 'templates.yaml', 'issuer.yaml', 'client.yaml']
const EXAMPLE = Object.fromEntries(FILES.map((file) => [file, example(file)]))

const objectsIn = (stream: string) => parseAllDocuments(stream).map((document) => document.toJS())

async function built(files: Readonly<Record<string, string>>): Promise<string> {
  const { code, stdout, stderr } = await kustomize(layer(files))
  assert.equal(code, 0, stderr)
  return stdout
}

async function problems(input: string): Promise<readonly string[]> {
  const { stderr } = await runProgram(BUNDLE, ['check', '-'], { input })
  return stderr.split('\n').flatMap((line) => /error: (.*)/.exec(line)?.[1] ?? [])
}

const WAYS: Readonly<Record<string, () => Promise<string>>> = {
  'through a pipe': async () => {
    const input = await built({
      ...EXAMPLE,
      'kustomization.yaml': `resources: [${FILES}]\n${RENAMES}configurations: [name-references.yaml, secret-names.yaml]\n`,
    })
    return (await runProgram(BUNDLE, ['build', '-'], { input })).stdout
  },
  'as a transformer of the layer that renames': () =>
    built({
      ...EXAMPLE,
      'kustomization.yaml': `resources: [${FILES}]\n${RENAMES}configurations: [name-references.yaml, secret-names.yaml]\ntransformers: [render.yaml]\n`,
    }),
}
for (const [way, render] of Object.entries(WAYS))
  test(`templates follow the new names of issuers and of the Secrets that cert-manager fills, ${way}`, {
    skip,
  }, async () => {
    const stream = await render()
    assert.deepEqual(await problems(stream), [])
    const objects = objectsIn(stream)
    const of = (kind: string) => objects.filter((object) => object.kind === kind)
    assert.deepEqual(
      of('Certificate')
        .map(({ metadata, spec }) => [metadata.name, spec.secretName, spec.issuerRef.name])
        .sort(),
      [
        ['p-amd64-tls-s', 'p-amd64-tls-s', 'p-builders-ca-s'],
        ['p-arm64-tls-s', 'p-arm64-tls-s', 'p-builders-ca-s'],
        ['p-builders-ca-s', 'p-builders-ca-s', 'p-self-signed-s'],
        ['p-ci-client-s', 'p-ci-client-s', 'p-builders-ca-s'],
      ],
    )
    assert.deepEqual(
      of('Issuer').map(({ metadata, spec }) => [metadata.name, spec.ca?.secretName]),
      [
        ['p-self-signed-s', undefined],
        ['p-builders-ca-s', 'p-builders-ca-s'],
      ].sort(),
    )
    assert.deepEqual(
      of('Service')
        .map(({ metadata }) => metadata.name)
        .sort(),
      ['p-shop-amd64-s', 'p-shop-arm64-s'],
    )
    const secrets = of('Pod').flatMap(({ spec }) =>
      spec.volumes.flatMap((one: { secret?: object }) => one.secret ?? []),
    )
    assert.deepEqual(secrets.map(({ secretName }) => secretName).sort(), ['p-amd64-tls-s', 'p-arm64-tls-s'])
    assert.deepEqual(
      of('BuildkitTemplate').map(({ spec: { tls } }) => [tls.secretName, tls.certificate.issuerRef.name]),
      [
        ['p-amd64-tls-s', 'p-builders-ca-s'],
        ['p-arm64-tls-s', 'p-builders-ca-s'],
      ],
    )
  })

const template = (namespace: string) => `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata: {name: small${namespace}}
spec: {tls: {secretName: small-tls, certificate: {issuerRef: {name: ca, kind: ClusterIssuer}}}}
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: {name: shop${namespace}}
spec: {template: small}
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: {name: ca}
spec: {ca: {secretName: root}}
`
const tlsOf = (stream: string) => objectsIn(stream).find(({ kind }) => kind === 'BuildkitTemplate').spec.tls

for (const [namespace, name] of [
  ['', 'p-ca-s'],
  [', namespace: ci', 'ca'],
] as const)
  test(`a template ${namespace ? 'with' : 'without'} a namespace ${namespace ? 'keeps' : 'follows'} the name of a ClusterIssuer`, {
    skip,
  }, async () => {
    const stream = await built({
      'all.yaml': template(namespace),
      'kustomization.yaml': `resources: [all.yaml]\n${RENAMES}configurations: [name-references.yaml]\n`,
    })
    assert.equal(tlsOf(stream).certificate.issuerRef.name, name)
  })

const GENERATED = `resources: [all.yaml]\n${RENAMES}configurations: [name-references.yaml]\nsecretGenerator: [{name: small-tls, literals: [tls.crt=a, tls.key=b, ca.crt=c]}]\n`
const own = template('').replace(', certificate: {issuerRef: {name: ca, kind: ClusterIssuer}}', '')

test('a template follows the name of a generated Secret', { skip }, async () => {
  const stream = await built({ 'all.yaml': own, 'kustomization.yaml': GENERATED })
  assert.match(tlsOf(stream).secretName, /^p-small-tls-s-\w{10}$/)
})

const LAYERS: Readonly<Record<string, () => Promise<string>>> = {
  'the rendering layer': () =>
    built({ 'all.yaml': own, 'kustomization.yaml': `${GENERATED}transformers: [render.yaml]\n` }),
  'a layer below it': () => {
    const inner = layer({ 'all.yaml': own, 'kustomization.yaml': GENERATED })
    return built({ 'kustomization.yaml': `resources: [../${basename(inner)}]\ntransformers: [render.yaml]\n` })
  },
}
for (const [where, build] of Object.entries(LAYERS))
  test(`kustomize renames the Secret of a Pod after a transformer has named the Pod, also in ${where}, and check finds it`, {
    skip,
  }, async () => {
    const found = await problems(await build())
    assert.deepEqual(
      found.map((line) => /(?:Buildkit|Pod) \S+: \S+ must be/.test(line)),
      [true, true],
    )
  })
