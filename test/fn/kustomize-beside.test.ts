import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { BUNDLE, kustomize, layer } from './kustomize-layer.ts'

const skip = needs('kustomize')
const PACKAGE = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata: {name: small, namespace: ci}
spec:
  service: {}
  tls: {secretName: small-tls, certificate: {issuerRef: {name: ca}, duration: 720h, renewBefore: 240h}}
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: {name: shop, namespace: ci}
spec: {template: small}
`

const render = async (input: string) => (await runProgram(BUNDLE, ['build', '-'], { input })).stdout

async function built(files: Readonly<Record<string, string>>): Promise<string> {
  const { code, stdout, stderr } = await kustomize(layer(files))
  assert.equal(code, 0, stderr)
  return stdout
}

async function around(kustomization: string): Promise<string> {
  return built({
    'rendered.yaml': await render(PACKAGE),
    'kustomization.yaml': `resources: [rendered.yaml]\n${kustomization}`,
  })
}

async function problems(input: string): Promise<readonly string[]> {
  const { stderr } = await runProgram(BUNDLE, ['check', '-'], { input })
  return stderr.split('\n').flatMap((line) => /error: (.*)/.exec(line)?.[1] ?? [])
}

function objectsIn(stream: string) {
  const objects = parseAllDocuments(stream).map((document) => document.toJS())
  return Object.fromEntries(objects.map((object) => [object.kind, object]))
}

const SELECTORS: Readonly<Record<string, string>> = {
  'labels with includeSelectors': 'labels: [{pairs: {team: a}, includeSelectors: true}]\n',
  commonLabels: 'commonLabels: {team: a}\n',
}
for (const [which, kustomization] of Object.entries(SELECTORS))
  suite(`${which} in a layer above the rendering one`, { skip }, () => {
    test('change the selector of a Service and the labels of its Pod alike, which is up to date', async () => {
      const stream = await around(kustomization)
      const { Service, Pod } = objectsIn(stream)
      assert.deepEqual([Service.spec.selector.team, Pod.metadata.labels.team], ['a', 'a'])
      assert.deepEqual(await problems(stream), [])
      assert.equal(objectsIn(await render(stream)).Service.spec.selector.team, 'a')
    })

    test('leave the selector with the next Pod, which has none of them', async () => {
      const stream = (await around(kustomization)).replace('spec:\n  service', 'spec:\n  port: 4321\n  service')
      const again = await render(stream)
      const { Service, Pod } = objectsIn(again)
      assert.deepEqual(
        [Service.spec.selector, Pod.metadata.labels.team],
        [{ 'buildkit.seatgeek.io/buildkit': 'shop' }, undefined],
      )
      assert.deepEqual(await problems(again), [])
    })
  })

test('a selector with a label that the Pod has not is not what was rendered', { skip }, async () => {
  const stream = (await around('labels: [{pairs: {team: a}, includeSelectors: true}]\n')).replace(
    /(selector:\n(?: {4}.*\n)*?)( {4}team: )a/,
    '$1$2b',
  )
  assert.deepEqual(await problems(stream), [
    'Service ci/shop: spec.selector.team: must not be set; it was changed by hand, by a later function or in its template; render the package again',
  ])
})

test('a Service that was renamed with its Buildkit is right again once it is rendered last', { skip }, async () => {
  const again = await render(await around('namePrefix: p-\nconfigurations: [name-references.yaml]\n'))
  assert.deepEqual(await problems(again), [])
  const services = parseAllDocuments(again)
    .map((document) => document.toJS())
    .filter(({ kind }) => kind === 'Service')
  assert.deepEqual(
    services.map(({ metadata, spec }) => [metadata.name, spec.selector]),
    [['p-shop', { 'buildkit.seatgeek.io/buildkit': 'p-shop' }]],
  )
})
