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
  'examples/ci/github-actions.yaml',
  'examples/flux/.github/workflows/*',
)
const forms = repositoryFiles('.github/ISSUE_TEMPLATE/*.yml')

test('the workflows of this repository and of its examples pass actionlint', {
  skip: needs('actionlint'),
}, async () => {
  assert.equal(workflows.size, 3)
  // Without what a machine may have beside it: its own checks are enough.
  const args = ['-no-color', '-shellcheck=', '-pyflakes=', ...workflows.keys()]
  const { code, stdout, stderr } = await runProgram(binary('actionlint'), args, { cwd: ROOT })
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: '', stderr: '' })
})

test('every action is pinned to a commit, with its version beside it', () => {
  const uses = [...workflows].flatMap(([path, text]) =>
    [...text.matchAll(/uses: (.*)/g)].map(([, use]) => `${path}: ${use}`),
  )
  assert.ok(uses.length > 8)
  assert.deepEqual(
    uses.filter((use) => !/: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use)),
    [],
  )
})

test('a workflow may read the repository, and write only packages that it publishes', () => {
  for (const [path, text] of workflows) {
    const permissions = { contents: 'read', ...(path.startsWith('examples/flux') && { packages: 'write' }) }
    assert.deepEqual(parse(text).permissions, permissions, path)
  }
})

test('the bug form asks for the version and a manifest, and does not go without', () => {
  const { body } = parse(String(forms.get('.github/ISSUE_TEMPLATE/bug.yml')))
  const required = body.filter(
    ({ validations }: { readonly validations?: { readonly required: boolean } }) => validations?.required,
  )
  assert.deepEqual(
    required.map(({ id }: { readonly id: string }) => id),
    ['version', 'manifest', 'command', 'expected'],
  )
})

test('renovate finds the image of builders in one place, and every go.mod', () => {
  const { customManagers, ignorePaths } = JSON.parse(String(repositoryFiles('renovate.json').get('renovate.json')))
  const pattern = new RegExp(customManagers[0].matchStrings[0])
  const found = [...repositoryFiles('fn/**/*.ts')].flatMap(([, text]) => pattern.exec(text)?.groups?.depName ?? [])
  assert.deepEqual(found, ['moby/buildkit'])
  // Its own list has `**/test/**`.
  assert.deepEqual(ignorePaths, ['**/node_modules/**'])
})
