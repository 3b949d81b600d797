import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { parse } from 'yaml'
import { parseCommandLine } from '../../fn/commands/command-line.ts'
import { findBinary, needs } from '../harness/servers/binaries.ts'
import { type Outcome, runProgram } from '../harness/servers/run-program.ts'
import { repositoryFiles } from '../house/repository-files.ts'
import { built } from './built.ts'
import { examplePath } from './example-names.ts'

const skip = needs('kustomize')
const BUNDLE = join(import.meta.dirname, '../../dist/render-buildkit.cjs')
const root = mkdtempSync(join(tmpdir(), 'render-buildkit-ci-'))
symlinkSync(BUNDLE, join(root, 'render-buildkit'))
after(() => rmSync(root, { recursive: true }))

interface Step {
  readonly name?: string
  readonly run?: string
}

function read(file: string): string {
  return readFileSync(join(examplePath('ci'), file), 'utf8')
}

/** The steps of both files that judge a repository, by what they are for. */
const github: readonly Step[] = parse(read('github-actions.yaml')).jobs.builders.steps
const gitlab: readonly string[] = parse(read('gitlab-ci.yml')).builders.script
const jobs: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    github.filter(({ run }) => run?.includes('render-buildkit ')).map(({ name, run }) => [`GitHub: ${name}`, `${run}`]),
  ),
  GitLab: gitlab.join('\n'),
}

/** As both run what they are given. */
function bash(script: string, cwd: string): Promise<Outcome> {
  const PATH = [root, dirname(findBinary('kustomize') ?? ''), process.env.PATH].join(delimiter)
  return runProgram('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { ...process.env, PATH },
  })
}

/** A repository in Git in which everything is up to date. */
async function repository(): Promise<string> {
  const path = mkdtempSync(join(root, 'repository-'))
  for (const folder of ['builders', 'sources', 'overlays', 'rendered']) mkdirSync(join(path, folder))
  for (const layer of ['base', 'production'])
    cpSync(join(examplePath('kustomize'), layer), join(path, 'overlays', layer), { recursive: true })
  cpSync(join(examplePath('quickstart'), 'buildkit.yaml'), join(path, 'sources/builders.yaml'))
  const { manifests } = await built(examplePath('quickstart'))
  writeFileSync(join(path, 'builders/builders.yaml'), manifests)
  writeFileSync(join(path, 'rendered/builders.yaml'), manifests)
  const { code, stderr } = await bash(
    'kustomize build overlays/production | render-buildkit build - > rendered/production.yaml; git init -q; git add .; git -c user.name=n -c user.email=e commit -qm all',
    path,
  )
  assert.equal(code, 0, stderr)
  return path
}

function change(path: string, file: string): void {
  const text = readFileSync(join(path, file), 'utf8')
  assert.match(text, /cpu: \S+/)
  writeFileSync(join(path, file), text.replace(/cpu: \S+/, 'cpu: 700m'))
}

for (const [name, script] of Object.entries(jobs)) {
  test(`${name}: passes where all is up to date, and fails where it is not`, { skip }, async () => {
    const path = await repository()
    const fine = await bash(script, path)
    assert.equal(fine.code, 0, fine.stderr)
    for (const file of ['builders/builders.yaml', 'sources/builders.yaml', 'overlays/production/large.yaml'])
      change(path, file)
    const { code, stdout, stderr } = await bash(script, path)
    assert.equal(code, 1)
    assert.match(stdout + stderr, /builders\.yaml:\d+:\d+: error: |^\+ +cpu: 700m$/m)
  })
}

test('GitLab: manifests that were never committed are found', { skip }, async () => {
  const path = await repository()
  await bash(
    'git rm -q rendered/builders.yaml; git -c user.name=n -c user.email=e commit -qm less; mkdir -p rendered',
    path,
  )
  assert.equal((await bash(jobs.GitLab ?? '', path)).code, 1)
})

test('GitHub makes an annotation of each error, warning and info, on its line', { skip }, async () => {
  const path = await repository()
  change(path, 'builders/builders.yaml')
  const step = github.find(({ run }) => run?.includes('check'))?.run ?? ''
  const { stdout } = await bash(step, path)
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(': ')[0]),
    [
      '::error file=builders/builders.yaml,line=38,col=3::Buildkit some-ns/buildkit-arm64-instance',
      '::error file=builders/builders.yaml,line=43,col=3::Pod some-ns/buildkit-arm64-instance-8blrpmsthb',
      '::warning file=builders/builders.yaml,line=16,col=7,title=BK311 cni-settings-without-cni::BuildkitTemplate some-ns/buildkit-arm64',
      '::notice file=builders/builders.yaml,line=8,col=3,title=BK401 unauthenticated-port::BuildkitTemplate some-ns/buildkit-arm64',
    ],
  )
})

test('the hook for pre-commit checks the whole repository unless it is told where', async () => {
  const [hook, ...more] = parse(String(repositoryFiles('.pre-commit-hooks.yaml').get('.pre-commit-hooks.yaml')))
  const [program, ...entry] = hook.entry.split(' ')
  assert.deepEqual(
    [program, more, hook.pass_filenames, hook.id],
    ['render-buildkit', [], false, 'render-buildkit-check'],
  )
  assert.deepEqual(parseCommandLine([...entry, ...hook.args]), {
    kind: 'check',
    paths: ['.'],
    configFile: undefined,
    output: undefined,
    isUnrendered: false,
  })
})
