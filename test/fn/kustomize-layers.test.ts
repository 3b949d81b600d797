import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { BUNDLE, kustomize, layer, namesIn, rendered } from './kustomize-layer.ts'

const skip = needs('kustomize')
const patchOfPod = (path: string) =>
  `patches: [{target: {kind: Pod}, patch: "- op: replace\\n  path: ${path}\\n  value: other"}]\n`

/** Without what is said of the quickstart anyway: its `cniPoolSize`, and plain TCP. */
async function checked(input: string): Promise<readonly [code: number | null, stderr: string]> {
  const { code, stderr } = await runProgram(BUNDLE, ['check', '-'], { input })
  return [code, stderr.replace(/^.*: (?:warning BK311|info BK401) [a-z-]+: .*\n/gm, '')]
}

async function around(kustomization: string): Promise<string> {
  const path = layer({
    'rendered.yaml': await rendered(),
    'kustomization.yaml': `resources: [rendered.yaml]\n${kustomization}`,
  })
  const { code, stdout, stderr } = await kustomize(path)
  assert.equal(code, 0, stderr)
  return stdout
}

const BREAKING: Readonly<Record<string, readonly [kustomization: string, complaint: RegExp]>> = {
  'renames with our nameReference': [
    'namePrefix: p-\nconfigurations: [name-references.yaml]\n',
    /metadata\.name: must keep the name that it was rendered with for Buildkit "buildkit-arm64-instance"; render in the outermost layer/,
  ],
  'renames without it': ['nameSuffix: -s\n', /spec\.template: must name a BuildkitTemplate/],
  'changes the image of Pods': [
    patchOfPod('/spec/containers/0/image'),
    /Pod .*: spec\.containers\[0\]\.image: must be .*; it was changed by hand or by a later function/,
  ],
  'changes a label of Pods that is ours': [
    'labels: [{pairs: {app.kubernetes.io/name: other}}]\n',
    /Pod .*: metadata\.labels.*: must be .*; it was changed by hand or by a later function/,
  ],
  'changes a Buildkit': [
    'patches: [{target: {kind: Buildkit}, patch: "- op: add\\n  path: /spec/labels\\n  value: {team: b}"}]\n',
    /must be "buildkit-arm64-instance-\w+", got "buildkit-arm64-instance-\w+"/,
  ],
}

for (const [what, [kustomization, complaint]] of Object.entries(BREAKING)) {
  test(`check finds a layer around the rendering one that ${what}`, { skip }, async () => {
    const [code, stderr] = await checked(await around(kustomization))
    assert.equal(code, 1)
    assert.match(stderr, complaint)
  })
}

test('a layer around the rendering one may add labels and annotations, and move all to a namespace', {
  skip,
}, async () => {
  const stdout = await around('namespace: prod\nlabels: [{pairs: {team: a}}]\ncommonAnnotations: {owner: b}\n')
  assert.deepEqual(await checked(stdout), [0, '1 Pod up to date\n'])
})

test('what was renamed after rendering is right again once it is rendered last', { skip }, async () => {
  const renamed = await around('namePrefix: p-\nconfigurations: [name-references.yaml]\n')
  const { stdout } = await runProgram(BUNDLE, ['build', '-'], { input: renamed })
  assert.deepEqual(await checked(stdout), [0, '1 Pod up to date\n'])
  const pods = namesIn(stdout).filter(({ kind }) => kind === 'Pod')
  assert.deepEqual(
    pods.map(({ name }) => name.slice(0, -11)),
    ['p-buildkit-arm64-instance'],
  )
})

const IMAGE = 'name: moby/buildkit\nnewTag: v0.99.0-rootless\n'
const TEMPLATE_WITH_IMAGE = '- op: add\n  path: /spec/image\n  value: moby/buildkit:v0.34.2-rootless'
const withImage = `resources: [buildkit.yaml]\npatches: [{target: {kind: BuildkitTemplate}, patch: ${JSON.stringify(TEMPLATE_WITH_IMAGE)}}]\n`

test('`images:` of kustomize fails on every Buildkit, because its `spec.template` is a name', { skip }, async () => {
  const path = layer({
    'kustomization.yaml': `${withImage}images: [{name: moby/buildkit, newTag: v0.99.0}]\nconfigurations: [images.yaml]\n`,
    'images.yaml': 'images: [{kind: BuildkitTemplate, path: spec/image}]\n',
  })
  const { code, stderr } = await kustomize(path)
  assert.equal(code, 1)
  assert.match(stderr, /considering field 'spec\/template\/spec\/containers\[\]\/image' of object Buildkit\.v1alpha1/)
})

test('`images:` works in a layer that has templates and no Buildkits, once it is told where the image stands', {
  skip,
}, async () => {
  const template = `apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata: {name: t}\nspec: {image: moby/buildkit:v0.34.2}\n`
  const path = layer({
    'template.yaml': template,
    'kustomization.yaml':
      'resources: [template.yaml]\nimages: [{name: moby/buildkit, newTag: v0.99.0}]\nconfigurations: [images.yaml]\n',
    'images.yaml': 'images: [{kind: BuildkitTemplate, path: spec/image}]\n',
  })
  const { stdout } = await kustomize(path)
  assert.match(stdout, /^ {2}image: moby\/buildkit:v0\.99\.0$/m)
})

const INSTEAD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'an ImageTagTransformer of its own': {
    'kustomization.yaml': `${withImage}transformers: [image.yaml, render.yaml]\n`,
    'image.yaml': `apiVersion: builtin\nkind: ImageTagTransformer\nmetadata: {name: image}\nimageTag:\n  ${IMAGE.replace('\n', '\n  ')}fieldSpecs: [{kind: BuildkitTemplate, path: spec/image}]\n`,
  },
  replacements: {
    'kustomization.yaml': `resources: [buildkit.yaml, versions.yaml]
replacements:
- source: {kind: ConfigMap, name: versions, fieldPath: data.buildkit}
  targets: [{select: {kind: BuildkitTemplate}, fieldPaths: [spec.image], options: {create: true}}]
transformers: [render.yaml]
`,
    'versions.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: versions\n  annotations: {config.kubernetes.io/local-config: "true"}\ndata: {buildkit: "moby/buildkit:v0.99.0-rootless"}\n',
  },
  'a patch': {
    'kustomization.yaml': `${withImage.replace('v0.34.2', 'v0.99.0')}transformers: [render.yaml]\n`,
  },
}

for (const [what, files] of Object.entries(INSTEAD)) {
  test(`${what} sets the image of a template instead`, { skip }, async () => {
    const { code, stdout, stderr } = await kustomize(layer(files))
    assert.equal(code, 0, stderr)
    const pod = parseAllDocuments(stdout)
      .map((document) => document.toJS())
      .find(({ kind }) => kind === 'Pod')
    assert.equal(pod.spec.containers[0].image, 'moby/buildkit:v0.99.0-rootless')
    assert.deepEqual(await checked(stdout), [0, '1 Pod up to date\n'])
  })
}
