import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, test } from 'node:test'
import { type Outcome, runProgram } from '../../harness/servers/run-program.ts'
import { manifests, TEMPLATE } from './two-versions.ts'

const MAIN = join(import.meta.dirname, '../../../fn/main.ts')
const root = mkdtempSync(join(tmpdir(), 'base-'))
after(() => rmSync(root, { recursive: true }))

function git(repository: string, ...args: readonly string[]): void {
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
  execFileSync('git', ['-C', repository, ...author, ...args])
}

/** A repository with a commit for each text. */
function repositoryWith(...versions: readonly string[]): string {
  const repository = mkdtempSync(join(root, 'repository-'))
  git(repository, 'init', '--quiet')
  for (const text of versions) {
    writeFileSync(join(repository, 'package.yaml'), text)
    git(repository, 'add', '.')
    git(repository, 'commit', '--quiet', '--message', 'a')
  }
  return repository
}

function diffIn(cwd: string, base: string): Promise<Outcome> {
  return runProgram(process.execPath, [MAIN, 'diff', `--base=${base}`], { cwd })
}

test('diff compares with a commit, from which nothing runs', async () => {
  const repository = repositoryWith(manifests(TEMPLATE, ['a']))
  git(repository, 'config', 'core.fsmonitor', `touch ${repository}/ran`)
  writeFileSync(join(repository, 'package.yaml'), manifests({}, ['a', 'b']))
  const { stdout } = await diffIn(repository, 'HEAD')
  assert.match(stdout, /^1 of 2 builders rolls\. 1 loses its cache, up to 93\.1 GiB\. 1 builder is new\.$/m)
  assert.ok(!existsSync(join(repository, 'ran')))
})

test('diff refuses a revision that does not exist, and options instead of one', async () => {
  const repository = repositoryWith(manifests(TEMPLATE, ['a']))
  for (const base of ['HEAD~1', 'nothing', '--output=/tmp/x'])
    assert.deepEqual(await diffIn(repository, base), {
      code: 1,
      stdout: '',
      stderr: `.: error: must be in a Git repository that has the revision "${base}"\n`,
    })
})

test('diff says that a shallow clone lacks the revision', async () => {
  const repository = repositoryWith(manifests({}, ['a']), manifests(TEMPLATE, ['a']))
  const clone = join(root, 'clone')
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repository}`, clone])
  assert.deepEqual(await diffIn(clone, 'HEAD^1'), {
    code: 1,
    stdout: '',
    stderr:
      '.: error: must be in a Git repository that has the revision "HEAD^1"; this clone is shallow: fetch more of its history\n',
  })
})
