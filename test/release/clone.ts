import { appendFile, cp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY, run } from '../../release/run.ts'

/** A clone of this repository. */
export interface Clone {
  readonly folder: string
  readonly git: (...args: readonly string[]) => Promise<string>
  readonly edit: (path: string, edit: (text: string) => string) => Promise<void>
  /** Commits everything that the clone does not ignore. */
  readonly commit: (message: string) => Promise<void>
}

const IDENTITY = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com']

/** Clones this repository into a folder, without tags. What is tested is what is in the working tree, committed or not. */
export async function cloneOfWorkingTree(folder: string): Promise<Clone> {
  await run('git', ['clone', '--quiet', '--no-tags', REPOSITORY, folder])
  const changed = await run('git', ['diff', '--name-only', '-z', 'HEAD'])
  const added = await run('git', ['ls-files', '--others', '--exclude-standard', '-z'])
  for (const path of `${changed}${added}`.split('\0').filter(Boolean))
    await cp(join(REPOSITORY, path), join(folder, path)).catch(() => rm(join(folder, path)))
  const clone = cloneIn(folder)
  await clone.commit('Work')
  return clone
}

/** Clones a clone, and lets it use what is installed and built here. */
export async function cloneOf(origin: string, folder: string): Promise<Clone> {
  await run('git', ['clone', '--quiet', '--no-tags', origin, folder])
  for (const path of ['node_modules', 'dist']) await symlink(join(REPOSITORY, path), join(folder, path))
  await appendFile(join(folder, '.git/info/exclude'), 'node_modules\ndist\n')
  return cloneIn(folder)
}

function cloneIn(folder: string): Clone {
  const git = (...args: readonly string[]) => run('git', [...IDENTITY, ...args], { cwd: folder })
  return {
    folder,
    git,
    edit: async (path, edit) => {
      const file = join(folder, path)
      await writeFile(file, edit(await readFile(file, 'utf8')))
    },
    commit: async (message) => {
      await git('add', '--all')
      await git('commit', '--quiet', '--allow-empty', '--message', message)
    },
  }
}
