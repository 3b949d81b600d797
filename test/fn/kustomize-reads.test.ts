import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { BUNDLE, kustomize, layer, namesIn } from './kustomize-layer.ts'
import { UNENDED } from './yaml/unended.ts'

const skip = needs('kustomize')

const template = (name: string, spec: string) =>
  `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata:\n  name: ${name}\nspec:\n  ${spec}`
const buildkit = (name: string, of: string) =>
  `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit\nmetadata:\n  name: ${name}\nspec:\n  template: ${of}\n`

test('a file without a line break at its end says the same after build as after kustomize', { skip }, async () => {
  const texts = Object.entries(UNENDED).filter(([text]) => !text.startsWith('-'))
  for (const [text, value] of texts) {
    const file = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  ${text.replaceAll('\n', '\n  ')}`
    const path = layer({ 'a.yaml': file, 'kustomization.yaml': 'resources: [a.yaml]\n' })
    const outputs = await Promise.all([kustomize(path), runProgram(BUNDLE, ['build', join(path, 'a.yaml')])])
    const values = outputs.map(({ stdout }) => parseAllDocuments(stdout)[0]?.getIn(['data', 'key']))
    assert.deepEqual([text, ...values], [text, value, value])
  }
})

test('a template without a line break at its end gives its Pods one name', { skip }, async () => {
  const path = layer({
    't.yaml': template('t', 'buildkitdToml: |\n    [worker.oci]\n      rootless = false'),
    'b.yaml': buildkit('b', 't'),
    'kustomization.yaml': 'resources: [t.yaml, b.yaml]\n',
  })
  const { stdout: piped } = await kustomize(path)
  const [ofFiles, ofPipe] = await Promise.all([
    runProgram(BUNDLE, ['build', join(path, 't.yaml'), join(path, 'b.yaml')]),
    runProgram(BUNDLE, ['build', '-'], { input: piped }),
  ])
  const podNames = (stream: string) => namesIn(stream).flatMap(({ podName }) => podName ?? [])
  assert.deepEqual(podNames(ofFiles.stdout), podNames(ofPipe.stdout))
  assert.equal(podNames(ofFiles.stdout).length, 1)
})

/** A kustomization whose function renders, over bases of one template and one Buildkit each. */
async function over(...bases: readonly (readonly [prefix: string, template: string, buildkit: string])[]) {
  const paths = bases.map(([namePrefix, name, of], at) =>
    layer({
      'all.yaml': `${template(name, `port: ${1111 * (at + 1)}\n`)}---\n${buildkit(`b${at}`, of)}`,
      'kustomization.yaml': `resources: [all.yaml]\nnamePrefix: "${namePrefix}"\n`,
    }),
  )
  const resources = paths.map((path) => `../${path.slice(path.lastIndexOf('/') + 1)}`)
  return kustomize(layer({ 'kustomization.yaml': `resources: [${resources}]\ntransformers: [render.yaml]\n` }))
}

test('a Buildkit finds the template that kustomize has renamed with it', { skip }, async () => {
  const { code, stdout, stderr } = await over(['a-', 't', 't'], ['', 'u', 'u'])
  assert.equal(code, 0, stderr)
  assert.deepEqual(
    namesIn(stdout).flatMap(({ name, podName }) => (podName ? [name] : [])),
    ['a-b0', 'b1'],
  )
})

for (const [what, ...bases] of [
  ['one that is called so and one that was', ['a-', 't', 't'], ['', 't', 't']],
  ['two that were called so', ['a-', 't', 't'], ['b-', 't', 't']],
] as const)
  test(`a name that may mean two templates is an error: ${what}`, { skip }, async () => {
    const { code, stdout, stderr } = await over(...bases)
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(
      stderr,
      /spec\.template: must name one BuildkitTemplate, got "t", the name of "a-t" and "(?:b-)?t" now or before/,
    )
  })
