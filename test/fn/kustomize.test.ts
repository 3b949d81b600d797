import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { BUNDLE, kubectlKustomize, kustomize, layer, namesIn } from './kustomize-layer.ts'

const skip = needs('kustomize', 'kubectl')

const RENAMING = `resources: [buildkit.yaml]
namePrefix: p-
nameSuffix: -s
namespace: prod
labels: [{pairs: {team: a}}]
configurations: [name-references.yaml]
`

const renamed = (podName: string) => [
  {
    kind: 'Buildkit',
    name: 'p-buildkit-arm64-instance-s',
    namespace: 'prod',
    podName,
    template: 'p-buildkit-arm64-s',
  },
  { kind: 'BuildkitTemplate', name: 'p-buildkit-arm64-s', namespace: 'prod' },
  { kind: 'Pod', name: podName, namespace: 'prod' },
]

for (const [how, build, config] of [
  ['a program', kustomize, 'render.yaml'],
  ['a container, in kubectl', kubectlKustomize, 'container.yaml'],
] as const) {
  test(`a kustomize transformer, run as ${how}, renders behind all that its layer renames`, { skip }, async () => {
    const { code, stdout, stderr } = await build(
      layer({ 'kustomization.yaml': `${RENAMING}transformers: [${config}]\n` }),
    )
    assert.equal(code, 0, stderr)
    const podName = String(namesIn(stdout)[0]?.podName)
    assert.match(podName, /^p-buildkit-arm64-instance-s-[bcdfghjklmnpqrstvwxz2456789]{10}$/)
    assert.deepEqual(namesIn(stdout), renamed(podName))
    assert.doesNotMatch(stdout, /config\.kubernetes\.io|kustomize\.config\.k8s\.io|config\.k8s\.io\/id/)
    assert.equal((await runProgram(BUNDLE, ['check', '-'], { input: stdout })).code, 0)
  })
}

test('the pipe makes the same Pod as the transformer', { skip }, async () => {
  const [piped, transformed] = await Promise.all([
    kustomize(layer({ 'kustomization.yaml': RENAMING })),
    kustomize(layer({ 'kustomization.yaml': `${RENAMING}transformers: [render.yaml]\n` })),
  ])
  const { stdout } = await runProgram(BUNDLE, ['build', '-'], { input: piped.stdout })
  const byKind = (stream: string) => [...namesIn(stream)].sort((a, b) => (a.kind < b.kind ? -1 : 1))
  assert.deepEqual(byKind(stdout), byKind(transformed.stdout))
})

test('kustomize shows our errors and builds nothing', { skip }, async () => {
  const path = layer({
    'kustomization.yaml': 'resources: [buildkit.yaml, typo.yaml]\ntransformers: [render.yaml]\n',
    'typo.yaml':
      'apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: Buildkit\nmetadata: {name: b, namespace: some-ns}\nspec: {template: x}\n',
  })
  const { code, stdout, stderr } = await kustomize(path)
  assert.deepEqual([code, stdout], [1, ''])
  assert.equal(
    stderr.split('\n')[0],
    'error: Buildkit some-ns/b: spec.template: must name a BuildkitTemplate in namespace "some-ns", got "x"; there is "buildkit-arm64"',
  )
})

test('as a generator of kustomize it fails and says where it belongs', { skip }, async () => {
  const { code, stdout, stderr } = await kustomize(
    layer({ 'kustomization.yaml': 'resources: [buildkit.yaml]\ngenerators: [render.yaml]\n' }),
  )
  assert.deepEqual([code, stdout], [1, ''])
  assert.equal(
    stderr.split('\n')[0],
    'error: RenderBuildkit render: must be under `transformers:` of the kustomization, not under `generators:`; kustomize passes no Buildkits to generators',
  )
})

test('a program is skipped by kubectl without a word, and check says so', { skip }, async () => {
  const path = layer({ 'kustomization.yaml': 'resources: [buildkit.yaml]\ntransformers: [render.yaml]\n' })
  const { code, stdout, stderr } = await kubectlKustomize(path)
  assert.deepEqual([code, stderr, namesIn(stdout).map(({ kind }) => kind)], [0, '', ['Buildkit', 'BuildkitTemplate']])
  const check = await runProgram(BUNDLE, ['check', '-'], { input: stdout })
  assert.equal(check.code, 1)
  assert.match(check.stderr, /Buildkit some-ns\/buildkit-arm64-instance: must be rendered; run/)
})
