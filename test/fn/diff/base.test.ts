import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { commit, diffIn, git, repositoryWith, root } from './repositories.ts'
import { manifests, TEMPLATE } from './two-versions.ts'

test('diff compares with a commit, from which nothing runs', async () => {
  const repository = repositoryWith(manifests(TEMPLATE, ['a']))
  git(repository, 'config', 'core.fsmonitor', `touch ${repository}/ran`)
  writeFileSync(join(repository, 'package.yaml'), manifests({}, ['a', 'b']))
  const { stdout } = await diffIn(repository)
  assert.match(stdout, /^1 of 1 builder rolls\. 1 builder loses its cache, up to 93\.1 GiB\. 1 builder is new\.$/m)
  assert.ok(!existsSync(join(repository, 'ran')))
})

test('diff refuses a revision that does not exist, and options instead of one', async () => {
  const repository = repositoryWith(manifests(TEMPLATE, ['a']))
  for (const base of ['HEAD~1', 'nothing', '--output=/tmp/x'])
    assert.deepEqual(await diffIn(repository, { base }), {
      code: 1,
      stdout: '',
      stderr: `.: error: must be in a Git repository that has the revision "${base}"\n`,
    })
})

test('diff says that a shallow clone lacks the revision', async () => {
  const repository = repositoryWith(manifests({}, ['a']), manifests(TEMPLATE, ['a']))
  const clone = join(root, 'clone')
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${repository}`, clone])
  assert.deepEqual(await diffIn(clone, { base: 'HEAD^1' }), {
    code: 1,
    stdout: '',
    stderr:
      '.: error: must be in a Git repository that has the revision "HEAD^1"; this clone is shallow: fetch more of its history\n',
  })
})

test('diff shows a package that is new since a commit, or gone', async () => {
  const repository = repositoryWith(manifests(TEMPLATE, ['a']))
  mkdirSync(join(repository, 'new'))
  writeFileSync(join(repository, 'new/package.yaml'), manifests(TEMPLATE, ['b', 'c']))
  assert.match((await diffIn(repository, { path: 'new' })).stdout, /^No builder rolls\. 2 builders are new\.$/m)
  commit(repository)
  rmSync(join(repository, 'new'), { recursive: true })
  assert.match(
    (await diffIn(repository, { path: 'new' })).stdout,
    /^No builder rolls\. 2 builders lose their cache, up to 186 GiB\. 2 builders are removed\.$/m,
  )
  assert.equal(
    (await diffIn(repository, { base: 'HEAD~1', path: 'new' })).stderr,
    'new: error: must be a file or folder, but does not exist\n',
  )
})

test('diff reads a hidden folder that it is asked for, from wherever it is called', async () => {
  const repository = repositoryWith(manifests(TEMPLATE, ['a']))
  mkdirSync(join(repository, '.ci/.hidden'), { recursive: true })
  for (const file of ['.ci/package.yaml', '.ci/.hidden/package.yaml'])
    writeFileSync(join(repository, file), manifests(TEMPLATE, ['b']))
  commit(repository)
  const unchanged = /^No builder rolls\.\n\n1 builder unchanged$/m
  assert.match((await diffIn(repository, { path: '.ci' })).stdout, unchanged)
  assert.match((await diffIn(join(repository, '.ci/.hidden'), { path: '..' })).stdout, unchanged)
  assert.match((await diffIn(join(repository, '.ci'), { path: join(repository, '.ci') })).stdout, unchanged)
})
