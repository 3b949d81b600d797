import assert from 'node:assert/strict'
import { chmodSync, cpSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'
import { examplePath } from '../../examples/example-names.ts'
import { buildkit, correctedTemplate, filesIn, fix, folderOf, HEAD, root, template } from '../fix/folder.ts'

test('files are corrected in place with their byte order marks, line breaks and permissions, and then there is nothing to do', async () => {
  const files = { 'template.yaml': template, 'buildkit.yaml': buildkit, 'other.yaml': 'kind: X # kept\napiVersion: v1' }
  const folder = folderOf('in-place', files)
  chmodSync(join(folder, 'template.yaml'), 0o640)
  assert.deepEqual(await fix(folder), { stdout: '', stderr: ['fixed 3 fields in 2 files'], exitCode: 0 })
  assert.deepEqual(filesIn(folder), {
    ...files,
    'template.yaml': correctedTemplate,
    'buildkit.yaml': buildkit.replace('smal ', 'small '),
  })
  assert.equal(statSync(join(folder, 'template.yaml')).mode & 0o777, 0o640)
  assert.deepEqual(await fix(folder), { stdout: '', stderr: ['nothing that can be fixed'], exitCode: 0 })
})

test('what cannot be fixed is listed with its place, and the rest is fixed', async () => {
  const folder = folderOf('left', { 'a.yaml': `${template}\n  port: lots\n` })
  assert.deepEqual(await fix(folder), {
    stdout: '',
    stderr: [
      `${folder}/a.yaml:13:3: error: BuildkitTemplate small: spec.port: must be a whole number from 1 to 65535, got "lots"`,
      'fixed 2 fields in 1 file',
    ],
    exitCode: 1,
  })
})

test('a warning that nothing corrects is listed, and is no failure', async () => {
  const folder = folderOf('warned', {
    'a.yaml': `${HEAD}kind: BuildkitTemplate\nmetadata:\n  name: small\n  annotations:\n    buildkit.seatgeek.io/ignore-rules: BK601\n`,
  })
  const { stderr, exitCode } = await fix(folder)
  assert.deepEqual({ lines: stderr.length, exitCode }, { lines: 2, exitCode: 0 })
})

test('a configuration that switches a rule off keeps it from correcting', async () => {
  const file = join(
    folderOf('configured', {
      'a.yaml': `${HEAD}kind: BuildkitTemplate\nmetadata: {name: small}\nspec: {lifecycle: {restartPolicy: Never}}\n`,
      'config/config.yaml': `${HEAD}kind: RenderBuildkit\nspec: {rules: {BK601: none}}\n`,
    }),
    'a.yaml',
  )
  const config = file.replace('a.yaml', 'config/config.yaml')
  assert.deepEqual((await fix(file, '--config', config)).stderr, ['nothing that can be fixed'])
  assert.deepEqual((await fix(file)).stderr, ['fixed 1 field in 1 file'])
})

test('a file that is named twice, or in a folder that is named, is corrected once', async () => {
  const folder = folderOf('twice', { 'a.yaml': template })
  const [file, other] = [join(folder, 'a.yaml'), `${folder}/../twice/a.yaml`]
  assert.deepEqual((await fix(folder, file, other)).stderr, ['fixed 2 fields in 1 file'])
})

test('files in which nothing is wrong are not touched', async () => {
  const folder = folderOf('untouched', {
    'a.yaml': template,
    'b.yaml': `${HEAD}kind: BuildkitTemplate\nmetadata: {name: b}`,
  })
  const before = statSync(join(folder, 'b.yaml'))
  assert.deepEqual((await fix(folder)).stderr, ['fixed 2 fields in 1 file'])
  const { ino, mtimeMs, ctimeMs } = statSync(join(folder, 'b.yaml'))
  assert.deepEqual({ ino, mtimeMs, ctimeMs }, { ino: before.ino, mtimeMs: before.mtimeMs, ctimeMs: before.ctimeMs })
})

test('rendered Pods are left alone, even edited by hand, and are to be rendered again', async () => {
  const text = `${template}\n---\n${buildkit.slice(1).replaceAll('\r', '').replace('smal ', 'small ')}`
  const folder = folderOf('rendered', { 'a.yaml': text.replace('rootles:', 'rootless:').replace('1.10', '"1.10"') })
  const { stdout } = await runCommand(['build', folder], () => assert.fail('reads standard input'))
  const rendered = stdout.join('').replace('runAsNonRoot: true', 'runAsNonRoot: false')
  writeFileSync(join(folder, 'a.yaml'), rendered)
  assert.deepEqual((await fix(folder)).stderr, ['nothing that can be fixed'])
  writeFileSync(join(folder, 'a.yaml'), rendered.replace('rootless: true', 'rootles: true'))
  assert.deepEqual((await fix(folder)).stderr, [
    'fixed 1 field in 1 file',
    'the Pods are unchanged; render the package again',
  ])
  assert.deepEqual(filesIn(folder), { 'a.yaml': rendered })
})

test('a template of a Helm chart is left alone, with the way to its manifests', async () => {
  const text = `${HEAD}kind: BuildkitTemplate\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  rootles: true\n`
  const folder = folderOf('chart', { 'a.yaml': text })
  const { stderr, exitCode } = await fix(folder)
  assert.match(stderr[0] ?? '', /a\.yaml:1:1: error: must have strings as keys, .*: helm template CHART \|/)
  assert.deepEqual(
    [stderr.slice(1), exitCode, filesIn(folder)],
    [['nothing was fixed; correct the files that cannot be read first'], 1, { 'a.yaml': text }],
  )
})

test('with a file that cannot be read nothing is written', async () => {
  const folder = folderOf('unread', { 'a.yaml': template, 'values.yaml': 'no: manifest\n' })
  const { stderr, exitCode } = await fix(folder)
  assert.deepEqual(
    { stderr: stderr.map((line) => line.replace(`${folder}/`, '')), exitCode, text: filesIn(folder)['a.yaml'] },
    {
      stderr: [
        'a.yaml:6:3: error: BuildkitTemplate small: spec.rootles: is not a field of `spec`; did you mean `rootless`?',
        'a.yaml:12:5: error: BuildkitTemplate small: spec.podLabels.version: must be a string, got the number 1.10; quote it: "1.10"',
        'values.yaml:1:1: error: must be a Kubernetes object, but has no `apiVersion` and `kind`; leave the file out or move it away',
        'nothing was fixed; correct the files that cannot be read first',
      ],
      exitCode: 1,
      text: template,
    },
  )
})

test('standard input is refused, since nothing could be changed in place', async () => {
  assert.deepEqual(await fix('-'), {
    stdout: '',
    stderr: [
      'error: `fix` must get files or folders, because it changes them in place, got standard input; see render-buildkit --help',
    ],
    exitCode: 2,
  })
})

test("the example in the operator's README: what is found, and what would be fixed", async () => {
  const folder = join(root, 'quickstart')
  cpSync(examplePath('quickstart'), folder, { recursive: true })
  const path = join(folder, 'buildkit.yaml')
  const { stdout, stderr, exitCode } = await fix(folder, '--dry-run')
  const diff = [
    `--- ${path}`,
    `+++ ${path}`,
    '@@ -13,7 +13,6 @@',
    '     [worker.oci]',
    '       enabled = true',
    '       max-parallelism = 3',
    '-      cniPoolSize = 16',
    ' ',
    '     [worker.containerd]',
    '       enabled = false',
    '',
  ]
  assert.deepEqual([stdout, stderr, exitCode], [diff.join('\n'), ['would fix 1 field in 1 file'], 0])
  const built = await runCommand(['build', folder], () => Promise.resolve(new Uint8Array()))
  assert.deepEqual(built.stderr, [
    `${path}:16:7: warning BK311 cni-settings-without-cni: BuildkitTemplate some-ns/buildkit-arm64: spec.buildkitdToml: \`cniPoolSize\` has no effect, because rootless build steps share the Pod's network; remove it`,
    'rendered 1 Pod from 1 Buildkit and 1 BuildkitTemplate',
  ])
})
