import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { find } from '../../../fn/commands/find.ts'
import { runCommand } from '../../../fn/commands/run-command.ts'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'

const folder = mkdtempSync(join(tmpdir(), 'find-'))
after(() => rmSync(folder, { recursive: true }))

const header = 'apiVersion: buildkit.seatgeek.io/v1alpha1\n'
const template = `${header}kind: BuildkitTemplate\nmetadata: {name: small}\n`
const buildkit = `${header}kind: Buildkit\nmetadata: {name: a}\nspec: {template: small}\n`
const rendered = `${header}kind: Buildkit\nmetadata: {name: b}\nspec: {template: small, podName: b-lhpkr7mzlc}\n`
const other = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n'
const broken = `${header}kind: Buildkit\nmetadata: {name: a\n`

/** The files of a folder, and those among them that `find` prints. */
const cases: Readonly<Record<string, readonly [Readonly<Record<string, string>>, ...(readonly string[])]>> = {
  'finds what is not rendered, whatever the names of files': [
    { 'a.yaml': `${other}---\n${buildkit}`, 'b/c.yml': template, 'd.yaml': other },
    'a.yaml',
    'b/c.yml',
  ],
  'finds all of a package of which something is not rendered': [
    { 'a.yaml': buildkit, 'b.yaml': rendered },
    'a.yaml',
    'b.yaml',
  ],
  'finds nothing in a package that was rendered': [{ 'b.yaml': rendered, 't.yaml': template }],
  'finds templates that have lost their last Buildkit': [{ 't.yaml': template, 'c.yaml': other }, 't.yaml'],
  'finds what cannot be read, for build to say why': [{ 'a.yaml': broken }, 'a.yaml'],
  'finds what is none of our kinds': [
    { 'a.yaml': `${header}metadata: {name: a}\n`, 'b.yaml': buildkit.replace('metadata: ', 'm: ') },
    'a.yaml',
    'b.yaml',
  ],
  'finds nothing in a package without our kinds': [{ 'c.yaml': other, 'x.yaml': '{{ if }}\n' }],
  'leaves kustomizations to kustomize': [{ 'a.yaml': buildkit, 'kustomization.yaml': 'resources: [a.yaml]\n' }],
  'leaves charts to Helm': [{ 'templates/a.yaml': buildkit, 'Chart.yaml': 'apiVersion: v2\nname: c\n' }],
}

for (const [name, [files, ...expected]] of Object.entries(cases)) {
  test(`find ${name}`, async () => {
    const root = join(folder, name)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const { stdout, stderr, exitCode } = await runCommand(['find', root], () => Promise.reject(new Error('read stdin')))
    const found = stdout.map((line) => line.replace(`${root}/`, ''))
    assert.deepEqual(
      { found, stderr, exitCode },
      { found: expected.map((path) => `${path}\n`), stderr: [], exitCode: 0 },
    )
  })
}

test('find says what it cannot read', async () => {
  const none = join(folder, 'nowhere')
  assert.deepEqual(await runCommand(['find', none], () => Promise.reject(new Error('read stdin'))), {
    stdout: [],
    stderr: [`${none}: error: must be a file or folder, but does not exist`],
    exitCode: 1,
  })
})

test('find prints no path that begins as a command of CI does', () => {
  for (const path of ['::a.yaml', '##vso.yaml'])
    assert.deepEqual(find(manifestsIn({ path, text: buildkit })).stdout, [`./${path}\n`])
})

test('what is printed are names of files, to CI and to a shell too', () => {
  const names = ['::error file=a::x.yaml', '##vso[x].yaml', '-rf.yaml', 'a\nb.yaml']
  const { stdout, stderr, exitCode } = find(names.flatMap((path) => manifestsIn({ path, text: buildkit })))
  assert.deepEqual(
    { stdout, exitCode },
    {
      stdout: ['./::error file=a::x.yaml\n', './##vso[x].yaml\n', './-rf.yaml\n'],
      exitCode: 1,
    },
  )
  assert.deepEqual(stderr, [
    'a\\u000ab.yaml:1:1: error: Buildkit a: must have a name without control characters, because each name is printed on a line; rename it',
  ])
})

test('what never reaches a cluster is not found', () => {
  const local = buildkit.replace('{name: a}', '{name: a, annotations: {config.kubernetes.io/local-config: "true"}}')
  assert.deepEqual(find(manifestsIn({ path: 'a.yaml', text: local })).stdout, [])
})
