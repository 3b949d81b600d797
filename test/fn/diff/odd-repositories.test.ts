import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { commit, diffIn, git, repositoryWith, root } from './repositories.ts'
import { manifests, TEMPLATE } from './two-versions.ts'

const [BEFORE, AFTER] = [manifests(TEMPLATE, ['a']), manifests({}, ['a'])]
const ROLLS = /^1 of 1 builder rolls\./

/** Two commits: the package before and after. */
const changed = () => repositoryWith(BEFORE, AFTER)

const scenarios: Readonly<Record<string, () => Promise<void>>> = {
  'refuses a revision of which objects are missing': async () => {
    const repository = changed()
    const id = git(repository, 'rev-parse', 'HEAD^:package.yaml')
    rmSync(join(repository, '.git/objects', id.slice(0, 2), id.slice(2)))
    assert.deepEqual(await diffIn(repository, { base: 'HEAD^' }), {
      code: 1,
      stdout: '',
      stderr: '.: error: must be readable in revision "HEAD^"; a shallow, partial or damaged clone lacks it\n',
    })
  },

  'follows a link to the package, and refuses files that are links in the revision': async () => {
    const repository = changed()
    symlinkSync('.', join(repository, 'link'))
    assert.match((await diffIn(repository, { base: 'HEAD^', path: 'link' })).stdout, ROLLS)
    mkdirSync(join(repository, 'sub'))
    symlinkSync('../package.yaml', join(repository, 'sub/linked.yaml'))
    writeFileSync(join(repository, 'sub/own.yaml'), manifests({}, ['b']).replaceAll('"small"', '"other"'))
    commit(repository)
    const { code, stderr, stdout } = await diffIn(repository)
    assert.match(stderr, /^sub\/linked\.yaml: error: must be a file in revision "HEAD", got a link$/m)
    assert.doesNotMatch(stdout, /is new|goes/)
    assert.equal(code, 1)
  },

  'refuses a submodule that is checked out': async () => {
    const repository = changed()
    git(
      repository,
      'submodule',
      '--quiet',
      'add',
      repositoryWith(manifests({}, ['b']).replaceAll('"small"', '"other"')),
      'sub',
    )
    commit(repository)
    const whole = await diffIn(repository)
    assert.match(whole.stderr, /^sub: error: must be a file in revision "HEAD", got a submodule$/m)
    assert.doesNotMatch(whole.stdout, /is new/)
    const inside = await diffIn(repository, { base: 'HEAD^', path: 'sub' })
    assert.equal(inside.stderr, 'sub: error: must be in a Git repository that has the revision "HEAD^"\n')
  },

  'refuses a sparse checkout, and a bare repository': async () => {
    const repository = changed()
    mkdirSync(join(repository, 'other'))
    writeFileSync(join(repository, 'other/readme.md'), '')
    mkdirSync(join(repository, 'builders'))
    writeFileSync(join(repository, 'builders/package.yaml'), AFTER)
    commit(repository)
    git(repository, 'sparse-checkout', 'set', 'other')
    assert.deepEqual(await diffIn(repository, { path: 'builders' }), {
      code: 1,
      stdout: '',
      stderr: 'builders: error: must be checked out, but a sparse checkout leaves out "builders/package.yaml"\n',
    })
    const bare = join(root, 'bare')
    git(root, 'clone', '--quiet', '--bare', repository, bare)
    const { stderr } = await diffIn(bare)
    assert.equal(stderr, '.: error: must be in the work tree of a Git repository, got a bare repository\n')
  },

  'compares with what everybody has, not with a local replacement': async () => {
    const repository = changed()
    git(repository, 'replace', 'HEAD^', 'HEAD')
    assert.match((await diffIn(repository, { base: 'HEAD^' })).stdout, ROLLS)
  },

  'says what Git says: that it is missing, or does not trust the folder': async () => {
    const repository = changed()
    const missing = await diffIn(repository, { env: { PATH: dirname(process.execPath) } })
    assert.equal(missing.stderr, '.: error: must be in a Git repository: `git` must be on PATH\n')
    const untrusted = await diffIn(repository, { env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })
    assert.match(untrusted.stderr, /^\.: error: must be in a Git repository: fatal: detected dubious ownership/)
  },

  'writes nothing to the repository': async () => {
    const repository = changed()
    const index = readFileSync(join(repository, '.git/index'))
    await diffIn(repository, { base: 'HEAD^' })
    assert.deepEqual(readFileSync(join(repository, '.git/index')), index)
    assert.equal(git(repository, 'status', '--porcelain'), '')
  },
}

for (const [name, scenario] of Object.entries(scenarios)) test(`diff ${name}`, scenario)
