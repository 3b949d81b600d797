import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { BUNDLE, kustomize, layer } from './kustomize-layer.ts'

const skip = needs('kustomize')
const PACKAGE = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata: {name: warm, namespace: ci}
spec: {cache: {claim: {size: 10Gi}}}
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: {name: shop, namespace: ci}
spec: {template: warm}
`

const render = async (input: string) => (await runProgram(BUNDLE, ['build', '-'], { input })).stdout

async function built(files: Readonly<Record<string, string>>): Promise<string> {
  const { code, stdout, stderr } = await kustomize(layer(files))
  assert.equal(code, 0, stderr)
  return stdout
}

async function checked(input: string): Promise<readonly [code: number | null, problems: readonly string[]]> {
  const { code, stderr } = await runProgram(BUNDLE, ['check', '-'], { input })
  return [code, stderr.split('\n').filter((line) => /error/.test(line))]
}

/** A claim, and the Pod that mounts it: their names, their namespaces and the mounted name. */
function pairIn(stream: string) {
  const objects = parseAllDocuments(stream).map((document) => document.toJS())
  const [claim] = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')
  const [pod] = objects.filter(({ kind }) => kind === 'Pod')
  const [{ persistentVolumeClaim }] = pod.spec.volumes
  return { claim: claim.metadata, pod: pod.metadata, mounted: persistentVolumeClaim.claimName }
}

const RENAMES = 'namePrefix: p-\nnamespace: prod\nconfigurations: [name-references.yaml]\n'

test('a function in the layer that renames renders claims with the new names', { skip }, async () => {
  const stdout = await built({
    'package.yaml': PACKAGE,
    'kustomization.yaml': `resources: [package.yaml]\n${RENAMES}transformers: [render.yaml]\n`,
  })
  const { claim, pod, mounted } = pairIn(stdout)
  assert.match(claim.name, /^p-shop-\w{10}$/)
  assert.deepEqual([mounted, claim.namespace, pod.namespace], [claim.name, 'prod', 'prod'])
  assert.deepEqual(await checked(stdout), [0, []])
})

test('a layer above the rendering one that renames keeps a Pod and its claim together, and check finds both', {
  skip,
}, async () => {
  const rendered = await render(PACKAGE)
  const stdout = await built({
    'rendered.yaml': rendered,
    'kustomization.yaml': `resources: [rendered.yaml]\n${RENAMES}`,
  })
  const { claim, pod, mounted } = pairIn(stdout)
  assert.deepEqual([claim.name, mounted], [`p-${pairIn(rendered).claim.name}`, claim.name])
  const [code, problems] = await checked(stdout)
  assert.equal(code, 1)
  const message =
    'metadata.name: must keep the name that it was rendered with for Buildkit "shop"; render in the outermost layer, after names are changed'
  assert.deepEqual(
    problems.map((line) => line.slice(line.indexOf('error: '))),
    [`error: PersistentVolumeClaim prod/${claim.name}: ${message}`, `error: Pod prod/${pod.name}: ${message}`],
  )
})

test('such a claim is right again once it is rendered last', { skip }, async () => {
  const stdout = await built({
    'rendered.yaml': await render(PACKAGE),
    'kustomization.yaml': `resources: [rendered.yaml]\n${RENAMES}`,
  })
  const again = await render(stdout)
  assert.deepEqual(await checked(again), [0, []])
  const { claim, mounted } = pairIn(again)
  assert.match(claim.name, /^p-shop-\w{10}$/)
  assert.equal(mounted, claim.name)
})

test('a layer above the rendering one may move claims to a namespace', { skip }, async () => {
  const stdout = await built({
    'rendered.yaml': await render(PACKAGE),
    'kustomization.yaml': 'resources: [rendered.yaml]\nnamespace: prod\nlabels: [{pairs: {team: a}}]\n',
  })
  assert.deepEqual(await checked(stdout), [0, []])
})
