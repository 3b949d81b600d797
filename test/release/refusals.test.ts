import assert from 'node:assert/strict'
import { appendFile, cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, before, suite, test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { REPOSITORY, run } from '../../release/run.ts'
import { runProgram } from '../harness/servers/run-program.ts'

const VERSION = packageJson.version

/** A clone of this repository, on which a release is asked for. */
interface Clone {
  readonly folder: string
  readonly git: (...args: readonly string[]) => Promise<string>
  readonly edit: (path: string, edit: (text: string) => string) => Promise<void>
  /** What `npm run release -- --version X` writes to standard error before it ends with exit code 1. */
  readonly refusal: (version: string) => Promise<string>
}

const scenarios: Readonly<Record<string, (clone: Clone) => Promise<void>>> = {
  'a version that the files do not have': async ({ refusal }) => {
    assert.equal(
      await refusal('9.9.9'),
      `the version of package.json must be 9.9.9, got ${VERSION}; run \`npm run version\`
the version of charts/buildkit-controller/Chart.yaml must be 9.9.9, got ${VERSION}; run \`npm run version\`
the appVersion of charts/buildkit-controller/Chart.yaml must be v9.9.9, got v${VERSION}; run \`npm run version\`
CHANGELOG.md must have a section v9.9.9; run \`npm run version\`
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

  'a working tree that differs from its commit': async ({ folder, refusal }) => {
    await appendFile(join(folder, 'README.md'), '\n')
    await writeFile(join(folder, 'notes.txt'), '')
    assert.equal(
      await refusal(VERSION),
      'the working tree must be clean, got changes in README.md and 1 more; commit or remove them\n',
    )
  },

  'changes that the changelog does not have yet': async ({ folder, git, refusal }) => {
    await writeFile(join(folder, '.changes/unreleased/Fixed-1.yaml'), 'kind: Fixed\nbody: A thing.\n')
    await git('add', '.changes')
    await git('commit', '--quiet', '--message', 'Fix a thing')
    assert.equal(await refusal(VERSION), '.changes/unreleased must be empty, got 1 file; run `npm run version`\n')
  },

  'a changed hash that the changelog does not announce': async ({ git, edit, refusal }) => {
    await edit('test/golden/hashes.json', (text) => text.replace(/"(privileged)-\w+"/, '"$1-0000000000"'))
    await git('commit', '--quiet', '--all', '--message', 'Name Pods differently')
    await git('tag', 'v0.0.9')
    await edit('CHANGELOG.md', (text) => text.replaceAll('**Rolls builders**', 'Rolls builders'))
    await git('commit', '--quiet', '--all', '--message', 'Announce nothing')
    assert.equal(
      await refusal(VERSION),
      `section v${VERSION} of CHANGELOG.md must have an entry that begins with **Rolls builders**: the examples of the last ` +
        'release have 1 Pod with a different name than before: modes/privileged-0000000000\n',
    )
  },
}

suite('a release is refused for', () => {
  let origin: string
  before(async () => {
    origin = await mkdtemp(join(tmpdir(), 'origin-'))
    // What is tested is what is in the working tree, committed or not.
    await run('git', ['clone', '--quiet', '--no-tags', REPOSITORY, origin])
    const changed = await run('git', ['ls-files', '--modified', '--others', '--exclude-standard', '-z'])
    for (const path of changed.split('\0').filter(Boolean))
      await cp(join(REPOSITORY, path), join(origin, path)).catch(() => rm(join(origin, path)))
    await commitAll(origin)
  })
  after(() => rm(origin, { recursive: true }))
  for (const [name, scenario] of Object.entries(scenarios))
    test(name, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'clone-'))
      try {
        await run('git', ['clone', '--quiet', '--no-tags', origin, folder])
        for (const path of ['node_modules', 'dist']) await symlink(join(REPOSITORY, path), join(folder, path))
        await appendFile(join(folder, '.git/info/exclude'), 'node_modules\ndist\n')
        await scenario(cloneIn(folder))
      } finally {
        await rm(folder, { recursive: true })
      }
    })
})

function cloneIn(folder: string): Clone {
  return {
    folder,
    git: (...args) => run('git', [...IDENTITY, ...args], { cwd: folder }),
    edit: async (path, edit) => {
      const file = join(folder, path)
      await writeFile(file, edit(await readFile(file, 'utf8')))
    },
    refusal: async (version) => {
      const args = ['release/main.ts', '--version', version]
      const { code, stdout, stderr } = await runProgram(process.execPath, args, { cwd: folder })
      assert.deepEqual([code, stdout], [1, ''])
      return stderr
    },
  }
}

const IDENTITY = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com']

async function commitAll(folder: string): Promise<void> {
  await run('git', ['add', '--all'], { cwd: folder })
  await run('git', [...IDENTITY, 'commit', '--quiet', '--allow-empty', '--message', 'Work'], { cwd: folder })
}
