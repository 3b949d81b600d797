import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { runCommand } from '../../../fn/commands/run-command.ts'
import { listOf, run } from '../items.ts'
import { builder, configMap, small } from '../package.ts'

const folder = mkdtempSync(join(tmpdir(), 'build-'))
after(() => rmSync(folder, { recursive: true }))

const template = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata:
  name: small
`
const buildkit = (name: string) => `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: # ${name}
  name: ${name}
spec:
  template: small
`
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: 0644, b: "x\u2028--- y"} # kept'

/** A folder with these files. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

async function command(
  args: readonly string[],
  stdin = '',
): Promise<{ text: string; stderr: readonly string[]; exitCode: number }> {
  const { stdout, stderr, exitCode } = await runCommand(args, () => Promise.resolve(Buffer.from(stdin)))
  return { text: stdout.join(''), stderr, exitCode }
}

const namesIn = (text: string) =>
  parseAllDocuments(text).map((document) => `${document.getIn(['kind'])} ${document.getIn(['metadata', 'name'])}`)
const summary = 'rendered 1 Pod from 1 Buildkit and 1 BuildkitTemplate'

test('build prints the manifests of a folder with their Pods, in the order of their files', async () => {
  const root = folderOf('all', {
    'b.yaml': `${secret}\n---\n# nothing\n---\n${buildkit('b')}`,
    'a/template.yml': template,
    'c.json': '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "j"}}',
    'notes.txt': 'no manifest',
    '.hidden/x.yaml': 'no: manifest\n',
  })
  const { text, stderr, exitCode } = await command(['build', root])
  assert.deepEqual({ stderr, exitCode }, { stderr: [summary], exitCode: 0 })
  assert.deepEqual(namesIn(text), [
    'BuildkitTemplate small',
    'Secret s',
    'Buildkit b',
    'Pod b-lhpkr7mzlc',
    'ConfigMap j',
  ])
  assert.ok(text.includes(`---\n${secret}\n---\n`))
})

test('build prints the same for a folder, a stream, a List and a ResourceList', async () => {
  const stream = `${template}---\n${buildkit('b')}`
  const root = folderOf('same', { 'all.yaml': stream })
  const { text } = await command(['build', root])
  assert.equal((await command(['build', '-'], stream)).text, text)
  assert.equal((await command(['build'], stream)).text, text)
  const { text: list } = await command(
    ['build'],
    `apiVersion: v1\nkind: List\nitems:\n${[template, buildkit('b')].map((one) => `- ${one.trim().replace(/\n/g, '\n  ')}\n`).join('')}`,
  )
  assert.equal(list, text)
})

test('build leaves out what orchestrators wrote and what is for tools only', async () => {
  const kptfile = '- apiVersion: kpt.dev/v1\n  kind: Kptfile\n  metadata: {name: p}\n'
  const local =
    '- {apiVersion: v1, kind: ConfigMap, metadata: {name: l, annotations: {config.kubernetes.io/local-config: "true"}}}\n'
  const { text, exitCode } = await command(
    ['build'],
    run(listOf([kptfile, local, small, builder('a'), configMap])).text,
  )
  assert.equal(exitCode, 0)
  assert.deepEqual(namesIn(text), ['BuildkitTemplate small', 'Buildkit a', 'Pod a-lhpkr7mzlc', 'ConfigMap other'])
  assert.doesNotMatch(text, /config\.kubernetes\.io/)
})

test('build twice is build once', async () => {
  const { text } = await command(['build'], `${template}---\n${buildkit('b')}`)
  assert.equal((await command(['build'], text)).text, text)
})

test('build of a folder that kustomize must build first says how', async () => {
  const root = folderOf('kustomized', {
    'kustomization.yaml': 'resources: [all.yaml]\n',
    'all.yaml': `${template}---\n${buildkit('b')}`,
  })
  const { text, stderr, exitCode } = await command(['build', root])
  assert.deepEqual({ text, exitCode }, { text: '', exitCode: 1 })
  assert.deepEqual(stderr, [
    `${root}/kustomization.yaml:1:1: error: must be built first: kustomize build ${root}/ | render-buildkit build -`,
  ])
})

test('build with an error prints nothing but what is wrong', async () => {
  const { text, stderr, exitCode } = await command(
    ['build'],
    `${template}---\n${buildkit('b').replace('small', 'smal')}`,
  )
  assert.deepEqual(
    { text, stderr, exitCode },
    {
      text: '',
      stderr: [
        'standard input:11:3: error: Buildkit b: spec.template: must name a BuildkitTemplate without a namespace, as this Buildkit, got "smal"; did you mean "small"?',
      ],
      exitCode: 1,
    },
  )
})

test('build is configured by a file', async () => {
  const root = folderOf('configured', {
    'all.yaml': `${template}---\n${buildkit('b')}`,
    'fn/config.yaml': 'apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: RenderBuildkit\nspec: {dropTemplates: true}\n',
  })
  const { text } = await command(['build', join(root, 'all.yaml'), '--config', join(root, 'fn/config.yaml')])
  assert.deepEqual(namesIn(text), ['Buildkit b', 'Pod b-lhpkr7mzlc'])
})

const info =
  'standard input:1:1: info BK401 unauthenticated-port: BuildkitTemplate small: spec.port: is plain TCP without authentication; anyone who can reach it can build, including `RUN` steps of the builder, which no NetworkPolicy blocks; set `spec.tls`, or restrict who connects, and use a separate builder for what you do not trust'

test('check says whether manifests are up to date', async () => {
  const stream = `${template}---\n${buildkit('b')}`
  const { text } = await command(['build'], stream)
  assert.deepEqual(await command(['check'], text), { text: '', stderr: [info, '1 Pod up to date'], exitCode: 0 })
  assert.deepEqual(await command(['check'], stream), {
    text: '',
    stderr: [
      'standard input:6:1: error: Buildkit b: must be rendered; run `kpt fn render` with render-buildkit among its mutators or commit what `render-buildkit build` prints, or check with `--unrendered` if Pods are rendered on the way to the cluster',
      info,
    ],
    exitCode: 1,
  })
})

test('check says all but that of manifests whose Pods are rendered elsewhere', async () => {
  const stream = `${template}---\n${buildkit('b')}`
  assert.deepEqual(await command(['check', '--unrendered'], stream), {
    text: '',
    stderr: [info, '1 Pod to render'],
    exitCode: 0,
  })
  assert.deepEqual(await command(['check', '--unrendered'], stream.replace('template: small', 'template: smal')), {
    text: '',
    stderr: [
      'standard input:11:3: error: Buildkit b: spec.template: must name a BuildkitTemplate without a namespace, as this Buildkit, got "smal"; did you mean "small"?',
      info,
    ],
    exitCode: 1,
  })
})
