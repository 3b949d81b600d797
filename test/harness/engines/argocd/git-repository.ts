import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { runProgram } from '../../servers/run-program.ts'

/** The files of a commit by path; null removes one. */
export type Files = Readonly<Record<string, string | null>>

/** A bare repository on this machine, with one branch. */
export interface GitRepository {
  readonly url: string
  /** The folder of the work tree, for what `commit` cannot write. */
  readonly folder: string
  /** Pushes a commit, also one that changes nothing, and returns its hash. */
  readonly commit: (files: Files) => Promise<string>
}

const NOBODY = { GIT_AUTHOR_NAME: 'test', GIT_AUTHOR_EMAIL: 'test@example.com' }
const COMMITTER = { GIT_COMMITTER_NAME: 'test', GIT_COMMITTER_EMAIL: 'test@example.com' }

export async function createGitRepository(parent: string): Promise<GitRepository> {
  const [bare, folder] = [join(parent, 'origin.git'), join(parent, 'clone')]
  const env = { ...process.env, ...NOBODY, ...COMMITTER, HOME: parent, GIT_CONFIG_NOSYSTEM: '1' }
  const git = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runProgram('git', args, { env, cwd: parent })
    assert.equal(code, 0, `git ${args.join(' ')}: ${stderr}`)
    return stdout.trim()
  }
  await git('init', '--quiet', '--bare', '--initial-branch=main', bare)
  await git('clone', '--quiet', bare, folder)
  const commit = async (files: Files) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path)
      await mkdir(dirname(file), { recursive: true })
      await (text === null ? rm(file, { recursive: true }) : writeFile(file, text))
    }
    await git('-C', folder, 'add', '--all')
    await git('-C', folder, 'commit', '--quiet', '--allow-empty', '--message=change')
    await git('-C', folder, 'push', '--quiet', 'origin', 'HEAD:main')
    return git('-C', folder, 'rev-parse', 'HEAD')
  }
  return {
    url: `file://${bare}`,
    folder,
    commit,
  }
}
