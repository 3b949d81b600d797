import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runProgram } from '../../harness/servers/run-program.ts'
import { buildkit, filesIn, fix, folderOf, HEAD, template } from './folder.ts'

test('a dry run writes nothing, and prints the difference that it would make as git takes it', async () => {
  const files = { 'template.yaml': template, 'buildkit.yaml': buildkit }
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

test('names and byte order marks are such that git finds the files and what is in them', async () => {
  const names = [
    'a b.yaml',
    'é😀.yaml',
    'quo"te.yaml',
    'back\\slash.yaml',
    'ta\tb.yaml',
    'line\nbreak.yaml',
    '#100%.yaml',
  ]
  const short = (at: number) => `${HEAD}kind: BuildkitTemplate\nmetadata: {labels: {a: 1}, name: t${at}}\n`
  const files = Object.fromEntries(names.map((name, at) => [name, `${at === 0 ? '\ufeff' : ''}${short(at)}`]))
  const folder = folderOf('names', files)
  const { stdout } = await fix(folder, '--dry-run')
  const input = stdout.replaceAll(`${folder}/`, '')
  const { code, stderr } = await runProgram('git', ['apply', '-p0', '-'], { cwd: folder, input })
  assert.equal(code, 0, stderr)
  const wanted = Object.entries(files).map(([name, text]) => [name, text.replace('a: 1', 'a: "1"')])
  assert.deepEqual(filesIn(folder), Object.fromEntries(wanted))
  assert.deepEqual((await fix(folder)).stderr, ['nothing that can be fixed'])
})
