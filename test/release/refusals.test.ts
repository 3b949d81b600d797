import assert from 'node:assert/strict'
import { appendFile, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { after, before, suite, test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { denials } from '../../release/checks/denials.ts'
import { run } from '../../release/run.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { type Clone, cloneOf, cloneOfWorkingTree } from './clone.ts'

const VERSION = packageJson.version

interface Asked extends Clone {
  /** What `npm run release -- --version X` writes to standard error before it ends with exit code 1. */
  readonly refusal: (version: string, ...options: readonly string[]) => Promise<string>
}

const scenarios: Readonly<Record<string, (clone: Asked) => Promise<void>>> = {
  'a version that the files do not have': async ({ refusal }) => {
    assert.equal(
      await refusal('9.9.9'),
      `the version of package.json must be 9.9.9, got ${VERSION}; run \`npm run version\`
the version of charts/buildkit-controller/Chart.yaml must be 9.9.9, got ${VERSION}; run \`npm run version\`
the appVersion of charts/buildkit-controller/Chart.yaml must be v9.9.9, got v${VERSION}; run \`npm run version\`
the clone must have the tag of every earlier version, got none for v${VERSION}; run \`git fetch --tags\`
CHANGELOG.md must have a section v9.9.9; run \`npm run version\`
.changes must have the file v9.9.9.md; run \`npm run version\`
`,
    )
  },

  'something that is not a version': async ({ refusal }) => {
    assert.equal(await refusal('latest'), '--version must be a version such as 0.2.0, got "latest"\n')
  },

  'a commit with the tag of another version': async ({ git, refusal }) => {
    await git('tag', 'v0.0.9')
    assert.equal(await refusal(VERSION), `the tag of this commit must be v${VERSION}, got v0.0.9\n`)
  },

  'a version whose tag another commit has': async ({ git, commit, refusal }) => {
    await git('tag', `v${VERSION}`)
    const tagged = (await git('rev-parse', 'HEAD')).trim()
    await commit('Work on')
    const revision = (await git('rev-parse', 'HEAD')).trim()
    assert.equal(
      await refusal(VERSION),
      `the tag v${VERSION} must be at this commit, ${revision}, got ${tagged}; release another version\n`,
    )
  },

  'a version whose tag contradicts what a document says': async ({ git, edit, commit, refusal }) => {
    for (const path of await denials())
      await edit(path, (text) => text.replaceAll(/\byet\b/g, 'so far').replaceAll('no published', 'not one published'))
    await edit('docs/faq.md', (text) => `${text}\nNothing is published\nyet.\n`)
    await commit('Deny')
    await git('tag', `v${VERSION}`)
    assert.equal(
      await refusal(VERSION),
      `docs/faq.md must not say that nothing is published yet, because this commit has the tag v${VERSION}\n`,
    )
  },

  'a working tree that differs from its commit': async ({ folder, git, refusal }) => {
    await git('config', 'status.showUntrackedFiles', 'no')
    await appendFile(join(folder, 'README.md'), '\n')
    await writeFile(join(folder, 'notes.txt'), '')
    assert.equal(
      await refusal(VERSION),
      'the working tree must be clean, got changes in README.md and 1 more; commit or remove them\n',
    )
  },

  'a file that Git was told not to compare': async ({ folder, git, refusal }) => {
    await git('update-index', '--assume-unchanged', 'README.md')
    await git('update-index', '--skip-worktree', 'SECURITY.md')
    await appendFile(join(folder, 'README.md'), '\n')
    assert.equal(
      await refusal(VERSION),
      'Git must compare every file, got the bit assume-unchanged or skip-worktree of README.md and 1 more; ' +
        'run `git update-index --no-assume-unchanged --no-skip-worktree FILE`\n',
    )
  },

  'a clone without its history': async ({ folder, git, refusal }) => {
    const head = (await git('rev-parse', 'HEAD')).trim()
    await writeFile(join(folder, '.git/shallow'), `${head}\n`)
    assert.equal(
      await refusal(VERSION),
      'the clone must have its whole history, got a shallow one; run `git fetch --tags --unshallow`\n',
    )
  },

  'a clone without the tag of an earlier version': async ({ folder, commit, refusal }) => {
    await writeFile(join(folder, '.changes/v0.0.1.md'), '## v0.0.1\n')
    await commit('Have an earlier version')
    assert.equal(
      await refusal(VERSION),
      'the clone must have the tag of every earlier version, got none for v0.0.1; run `git fetch --tags`\n',
    )
  },

  'a folder that is no clone, in another repository': async ({ folder, refusal }) => {
    await rm(join(folder, '.git'), { recursive: true })
    await run('git', ['init', '--quiet', join(folder, '..')])
    assert.equal(
      await refusal(VERSION),
      `a release must be made in a clone of the repository, got ${folder}, which is none; run \`git clone\`\n`,
    )
  },

  'changes that the changelog does not have yet': async ({ folder, commit, refusal }) => {
    for (const name of ['Fixed-1.yaml', 'another.yml'])
      await writeFile(join(folder, '.changes/unreleased', name), 'kind: Fixed\nbody: A thing.\n')
    await commit('Fix a thing')
    assert.equal(await refusal(VERSION), '.changes/unreleased must be empty, got 2 files; run `npm run version`\n')
  },

  'a changelog that differs from the notes of the version': async ({ edit, commit, refusal }) => {
    await edit(`.changes/v${VERSION}.md`, (text) => `${text}- Another thing.\n`)
    await commit('Note a thing')
    assert.equal(
      await refusal(VERSION),
      `section v${VERSION} of CHANGELOG.md must be that of .changes/v${VERSION}.md; run \`npm run changie -- merge\`\n`,
    )
  },

  'a changed hash that no entry of the changelog announces': async ({ git, edit, commit, refusal }) => {
    await edit('test/golden/hashes.json', (text) => text.replace(/"(privileged)-\w+"/, '"$1-0000000000"'))
    await commit('Name Pods differently')
    await git('tag', 'v0.0.9')
    for (const path of ['CHANGELOG.md', `.changes/v${VERSION}.md`])
      await edit(path, (text) => text.replaceAll('- **Rolls builders**', '- Not every change **Rolls builders**'))
    await commit('Announce nothing')
    assert.equal(
      await refusal(VERSION),
      `section v${VERSION} of CHANGELOG.md must have an entry that begins with **Rolls builders**: the examples of the last ` +
        'release have 1 Pod with a different name than before: modes/privileged-0000000000\n',
    )
  },

  'a folder for the artifacts that has other files': async ({ folder, refusal }) => {
    const output = join(folder, '../output')
    await mkdir(output)
    await writeFile(join(output, 'thesis.txt'), '')
    const expected = `--output must be a new folder, or one that contains an earlier release and nothing else, got ${output}; move it away\n`
    assert.equal(await refusal(VERSION, '--output', output), expected)
    await writeFile(join(output, 'SHA256SUMS'), `${'0'.repeat(64)}  install.yaml\n`)
    assert.equal(await refusal(VERSION, '--output', output), expected)
    assert.deepEqual(await readdir(output), ['SHA256SUMS', 'thesis.txt'])
  },

  'a folder for the artifacts that contains the repository': async ({ folder, refusal }) => {
    for (const output of ['.', '..', folder])
      assert.equal(
        await refusal(VERSION, '--output', output),
        `--output must not contain ${folder}, got ${resolve(folder, output)}\n`,
      )
  },

  'an option that is given twice': async ({ refusal }) => {
    const twice = await refusal(VERSION, `--version=${VERSION}`, '--builder', 'one', '--builder', 'other')
    assert.equal(twice, '--version must be given once, got it 2 times\n--builder must be given once, got it 2 times\n')
  },
}

suite('a release is refused for', () => {
  let parent: string
  let origin: Clone
  before(async () => {
    parent = await realpath(await mkdtemp(join(tmpdir(), 'refusals-')))
    origin = await cloneOfWorkingTree(join(parent, 'origin'))
    // Their tags are not in the clone.
    for (const name of await readdir(join(origin.folder, '.changes')))
      if (/^v.*\.md$/.test(name) && name !== `v${VERSION}.md`) await rm(join(origin.folder, '.changes', name))
    await origin.commit('Be the first version')
  })
  after(() => rm(parent, { recursive: true }))
  for (const [name, scenario] of Object.entries(scenarios))
    test(name, async () => {
      const folder = await mkdtemp(join(parent, 'outer-'))
      const clone = await cloneOf(origin.folder, join(folder, 'clone'))
      await scenario({ ...clone, refusal: (version, ...options) => refusalIn(clone, version, options) })
    })
})

async function refusalIn({ folder }: Clone, version: string, options: readonly string[]): Promise<string> {
  const args = ['release/main.ts', '--version', version, ...options]
  const { code, stdout, stderr } = await runProgram(process.execPath, args, { cwd: folder })
  assert.deepEqual([code, stdout], [1, ''])
  return stderr
}
