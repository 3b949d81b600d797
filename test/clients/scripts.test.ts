import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { parse } from 'yaml'
import { withScript } from '../../config/clients/gitlab-component.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { repositoryFiles } from '../house/repository-files.ts'

const ROOT = join(import.meta.dirname, '../..')
const files = repositoryFiles('action.yml', 'config/clients/*', 'config/review/action.yml')
const read = (path: string) => String(files.get(path))

/** The `skip` of a test with shellcheck. With CI=true a missing one is thrown. */
function needsShellcheck(): false | string {
  if (spawnSync('shellcheck', ['--version']).status === 0) return false
  if (process.env.CI === 'true') throw new Error('needs shellcheck')
  return 'needs shellcheck'
}

test('the GitLab component has connect.sh as it is; if not, run npm run generate', () => {
  const component = read('config/clients/gitlab.yml')
  assert.equal(withScript(component, read('config/clients/connect.sh')), component)
})

test('every script for clients and for reviews passes shellcheck', { skip: needsShellcheck() }, async () => {
  const args = ['.ci/run', 'config/clients/connect.sh', 'test/clients/docker']
  const { code, stdout } = await runProgram('shellcheck', args, { cwd: ROOT })
  assert.deepEqual({ code, stdout }, { code: 0, stdout: '' })
  const steps = ['action.yml', 'config/review/action.yml'].flatMap((path) => parse(read(path)).runs.steps)
  for (const { run } of steps) {
    const outcome = await runProgram('shellcheck', ['--shell=bash', '-'], { input: run })
    assert.deepEqual([outcome.code, outcome.stdout], [0, ''])
  }
})

test('no client bootstraps a builder: that would fail after 20 seconds', () => {
  for (const [path, text] of files) assert.ok(!text.includes('--bootstrap'), path)
})
