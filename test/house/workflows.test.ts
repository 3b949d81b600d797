import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { binary, needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { repositoryFiles } from './repository-files.ts'

const ROOT = join(import.meta.dirname, '../..')

const workflows = repositoryFiles(
  '.github/workflows/*',
  'examples/ci/github-*.yaml',
  'examples/flux/.github/workflows/*',
)
const forms = repositoryFiles('.github/ISSUE_TEMPLATE/*.yml')

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
}

test('the workflows of this repository and of its examples pass actionlint', {
  skip: needs('actionlint'),
}, async () => {
  assert.equal(workflows.size, 7)
  // Without what a machine may have beside it: its own checks are enough.
  const args = ['-no-color', '-shellcheck=', '-pyflakes=', ...workflows.keys()]
  const { code, stdout, stderr } = await runProgram(binary('actionlint'), args, { cwd: ROOT })
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '', stderr: '' })
})

test('every action is pinned to a commit, with its version beside it', () => {
  const uses = [...workflows].flatMap(([path, text]) =>
    [...text.matchAll(/uses: (?!\.\/)(.*)/g)].map(([, use]) => `${path}: ${use}`),
  )
  assert.ok(uses.length > 8)
  assert.deepEqual(
    uses.filter((use) => !/: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use)),
    [],
  )
})

test('the release may write what each of its jobs publishes, and sign it', () => {
  const { jobs } = parse(String(workflows.get('.github/workflows/release.yml')))
  const permissions = Object.entries<Job>(jobs).map(([name, job]) => [name, job.permissions])
  assert.deepEqual(Object.fromEntries(permissions), {
    verify: undefined,
    make: undefined,
    registry: { contents: 'read', packages: 'write', 'id-token': 'write', attestations: 'write' },
    npm: { contents: 'read', 'id-token': 'write' },
    github: { contents: 'write' },
  })
  // What cannot be undone comes last: a version of npm stays taken for good.
  assert.deepEqual([jobs.registry.needs, jobs.npm.needs, jobs.github.needs], [['verify', 'make'], 'registry', 'npm'])
})

test('only the job that deploys the site may write to Pages', () => {
  const { jobs } = parse(String(workflows.get('.github/workflows/site.yml')))
  const permissions = Object.entries<Job>(jobs).map(([name, job]) => [name, job.permissions])
  assert.deepEqual(Object.fromEntries(permissions), {
    build: undefined,
    deploy: { pages: 'write', 'id-token': 'write' },
  })
})

/** What a workflow may do beside reading the repository. */
const RIGHTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'examples/ci/github-review.yaml': { 'pull-requests': 'write' },
  'examples/ci/github-review-forks.yaml': { actions: 'read', 'pull-requests': 'write' },
}

test('a workflow may read the repository, and write only packages that it publishes and comments', () => {
  for (const [path, text] of workflows) {
    const rights = path.startsWith('examples/flux') ? { packages: 'write' } : RIGHTS[path]
    assert.deepEqual(parse(text).permissions, { contents: 'read', ...rights }, path)
  }
})

test('the bug form requires the version and a manifest', () => {
  const { body } = parse(String(forms.get('.github/ISSUE_TEMPLATE/bug.yml')))
  const required = body.filter(
    ({ validations }: { readonly validations?: { readonly required: boolean } }) => validations?.required,
  )
  assert.deepEqual(
    required.map(({ id }: { readonly id: string }) => id),
    ['version', 'manifest', 'command', 'expected'],
  )
})

test('Renovate finds the image of builders in one place, and every go.mod', () => {
  const { customManagers, ignorePaths } = JSON.parse(String(repositoryFiles('renovate.json').get('renovate.json')))
  const pattern = new RegExp(customManagers[0].matchStrings[0])
  const found = [...repositoryFiles('fn/**/*.ts')].flatMap(([, text]) => pattern.exec(text)?.groups?.depName ?? [])
  assert.deepEqual(found, ['moby/buildkit'])
  // Its own list has `**/test/**`.
  assert.deepEqual(ignorePaths, ['**/node_modules/**'])
})
