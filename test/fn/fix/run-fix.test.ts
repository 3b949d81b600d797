import assert from 'node:assert/strict'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { writeFiles } from '../../../fn/fix/write-files.ts'
import { runCommand } from '../../../fn/run-command.ts'
import { examplePath } from '../../examples/example-names.ts'
import { runProgram } from '../../servers/run-program.ts'

const root = mkdtempSync(join(tmpdir(), 'render-buildkit-fix-'))
after(() => rmSync(root, { recursive: true }))

const HEAD = 'apiVersion: buildkit.seatgeek.io/v1alpha1\n'
const template = `${HEAD}kind: BuildkitTemplate
metadata:
  name: small
spec:
  rootles: true
  podLabels:
    a: b
    c: d
    e: f
    g: h
    version: 1.10`
const buildkit = `\ufeff${HEAD}kind: Buildkit\r\nmetadata:\r\n  name: shop\r\nspec:\r\n  template: smal # typo\r\n`

/** A folder with these files. */
function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function filesIn(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(entries.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]))
}

async function fix(...args: readonly string[]) {
  const { stdout, stderr, exitCode } = await runCommand(['fix', ...args], () => assert.fail('reads standard input'))
  return { stdout: stdout.join(''), stderr, exitCode }
}

test('files are corrected in place with their byte order marks, line breaks and permissions, and then there is nothing to do', async () => {
  const files = { 'template.yaml': template, 'buildkit.yaml': buildkit, 'other.yaml': 'kind: X # kept\napiVersion: v1' }
  const folder = folderOf('in-place', files)
  chmodSync(join(folder, 'template.yaml'), 0o640)
  assert.deepEqual(await fix(folder), { stdout: '', stderr: ['fixed 3 fields in 2 files'], exitCode: 0 })
  assert.deepEqual(filesIn(folder), {
    ...files,
    'template.yaml': template.replace('rootles:', 'rootless:').replace('1.10', '"1.10"'),
    'buildkit.yaml': buildkit.replace('smal ', 'small '),
  })
  assert.equal(statSync(join(folder, 'template.yaml')).mode & 0o777, 0o640)
  assert.deepEqual(await fix(folder), { stdout: '', stderr: ['nothing that can be fixed'], exitCode: 0 })
})

test('a dry run writes nothing, and prints the difference that it would make as git takes it', async () => {
  const files = { 'template.yaml': template, 'buildkit.yaml': buildkit.replace('\ufeff', '') }
  const folder = folderOf('dry-run', files)
  const { stdout, ...said } = await fix(folder, '--dry-run')
  assert.deepEqual(said, { stderr: ['would fix 3 fields in 2 files'], exitCode: 0 })
  assert.deepEqual(filesIn(folder), files)
  assert.equal(
    stdout.replaceAll(`${folder}/`, ''),
    `--- buildkit.yaml
+++ buildkit.yaml
@@ -3,4 +3,4 @@
 metadata:\r
   name: shop\r
 spec:\r
-  template: smal # typo\r
+  template: small # typo\r
--- template.yaml
+++ template.yaml
@@ -3,10 +3,10 @@
 metadata:
   name: small
 spec:
-  rootles: true
+  rootless: true
   podLabels:
     a: b
     c: d
     e: f
     g: h
-    version: 1.10
\\ No newline at end of file
+    version: "1.10"
\\ No newline at end of file
`,
  )
  const args = ['apply', '-p0', '--whitespace=nowarn', '-']
  const { code, stderr } = await runProgram('git', args, { cwd: folder, input: stdout.replaceAll(`${folder}/`, '') })
  assert.equal(code, 0, stderr)
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

test('with a file that cannot be read nothing is written', async () => {
  const folder = folderOf('unread', { 'a.yaml': template, 'values.yaml': 'no: manifest\n' })
  const { stderr, exitCode } = await fix(folder)
  assert.deepEqual(
    { lines: stderr.length, exitCode, text: filesIn(folder)['a.yaml'] },
    { lines: 1, exitCode: 1, text: template },
  )
})

test('a link stays one, and the file that it leads to is corrected', async () => {
  const folder = folderOf('linked', { 'real.txt': template })
  symlinkSync('real.txt', join(folder, 'a.yaml'))
  assert.equal((await fix(folder)).exitCode, 0)
  assert.deepEqual(filesIn(folder), { 'real.txt': template.replace('rootles:', 'rootless:').replace('1.10', '"1.10"') })
})

test('fixing writes all files or none', () => {
  const files = { 'a.yaml': 'a', 'b.yaml': 'b', 'b.yaml.render-buildkit-fix': 'of somebody else' }
  const folder = folderOf('all-or-none', files)
  const wanted = ['a.yaml', 'b.yaml'].map((name) => ({ path: join(folder, name), before: '', after: 'x' }))
  const [problem, ...more] = writeFiles(wanted)
  assert.match(problem ?? '', /b\.yaml: must be a file that can be changed, in a folder that can be written to: /)
  assert.deepEqual([more, filesIn(folder)], [[], files])
})

test('standard input is refused, since nothing could be changed in place', async () => {
  assert.deepEqual(await fix('-'), {
    stdout: '',
    stderr: [
      '`fix` must get files or folders, because it changes them in place, got standard input; see render-buildkit --help',
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
    `${path}:16:7: warning BK311: BuildkitTemplate some-ns/buildkit-arm64: spec.buildkitdToml: \`cniPoolSize\` has no effect: rootless build steps share the Pod's network; remove it`,
    'rendered 1 Pod from 1 Buildkit and 1 BuildkitTemplate',
  ])
})
