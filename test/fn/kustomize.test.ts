import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { binary, needs } from '../servers/binaries.ts'
import { runProgram } from '../servers/run-program.ts'

const ROOT = join(import.meta.dirname, '../..')
const BUNDLE = join(ROOT, 'dist/render-buildkit.cjs')
const skip = needs('kustomize')
const folder = mkdtempSync(join(tmpdir(), 'render-buildkit-kustomize-'))
after(() => rmSync(folder, { recursive: true }))

interface Named {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly spec: { readonly podName?: string; readonly template?: string }
}

/** A kustomization of these files beside `base/`, the quickstart's manifests, and a transformer that runs our bundle. */
function kustomization(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name)
  mkdirSync(path)
  cpSync(join(ROOT, 'examples/quickstart/buildkit.yaml'), join(path, 'buildkit.yaml'))
  cpSync(join(ROOT, 'config/kustomize/name-references.yaml'), join(path, 'name-references.yaml'))
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  writeFileSync(
    join(path, 'render.yaml'),
    `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: RenderBuildkit
metadata:
  name: render
  annotations:
    config.kubernetes.io/function: |
      exec:
        path: ${BUNDLE}
`,
  )
  return path
}

function kustomize(path: string): ReturnType<typeof runProgram> {
  return runProgram(binary('kustomize'), ['build', '--enable-alpha-plugins', '--enable-exec', path])
}

function namesIn(stream: string): unknown[] {
  const objects = parseAllDocuments(stream).map((document) => document.toJS() as Named)
  return objects.map(({ kind, metadata: { name, namespace }, spec: { podName, template } }) =>
    JSON.parse(JSON.stringify({ kind, name, namespace, podName, template })),
  )
}

test('a kustomize transformer renders behind namePrefix and namespace of its layer', { skip }, async () => {
  const path = kustomization('transformer', {
    'kustomization.yaml':
      'resources: [buildkit.yaml]\nnamePrefix: p-\nnamespace: prod\ntransformers: [render.yaml]\nlabels: [{pairs: {team: a}}]\n',
  })
  const { code, stdout, stderr } = await kustomize(path)
  assert.equal(code, 0, stderr)
  const names = namesIn(stdout)
  const podName = (names[0] as { podName: string }).podName
  assert.match(podName, /^p-buildkit-arm64-instance-[bcdfghjklmnpqrstvwxz2456789]{10}$/)
  const namespace = 'prod'
  assert.deepEqual(names, [
    { kind: 'Buildkit', name: 'p-buildkit-arm64-instance', namespace, podName, template: 'buildkit-arm64' },
    { kind: 'BuildkitTemplate', name: 'p-buildkit-arm64', namespace },
    { kind: 'Pod', name: podName, namespace },
  ])
  assert.doesNotMatch(stdout, /config\.kubernetes\.io|kustomize\.config\.k8s\.io|config\.k8s\.io\/id/)
})

test('kustomize shows our errors and builds nothing', { skip }, async () => {
  const path = kustomization('mistake', {
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

test('a layer above the rendering one renames with our nameReference, and check finds the renamed Pod', {
  skip,
}, async () => {
  const path = kustomization('renamed', {
    'kustomization.yaml': 'resources: [rendered.yaml]\nnamePrefix: p-\nconfigurations: [name-references.yaml]\n',
  })
  const rendered = await runProgram(BUNDLE, ['build', join(path, 'buildkit.yaml')])
  writeFileSync(join(path, 'rendered.yaml'), rendered.stdout)
  const { stdout } = await kustomize(path)
  const [buildkit, template, pod] = namesIn(stdout) as Named['spec'][] & { name: string }[]
  assert.deepEqual([buildkit?.podName, buildkit?.template], [pod?.name, template?.name])
  const { code, stderr } = await runProgram(BUNDLE, ['check', '-'], { input: stdout })
  assert.equal(code, 1)
  assert.match(
    stderr,
    /metadata\.name: must keep the name that it was rendered with for Buildkit "buildkit-arm64-instance"/,
  )
})
