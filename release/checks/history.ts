import { globSync, realpathSync } from 'node:fs'
import { basename } from 'node:path'
import { REPOSITORY, run } from '../run.ts'

/** Throws unless the repository is a clone with its whole history: with less, nothing else can be checked. */
export async function requireWholeHistory(): Promise<void> {
  const top = (await run('git', ['rev-parse', '--show-toplevel'])).trim()
  if (top !== realpathSync(REPOSITORY))
    throw new Error(
      `a release must be made in a clone of the repository, got ${REPOSITORY}, which is none; run \`git clone\``,
    )
  const isShallow = (await run('git', ['rev-parse', '--is-shallow-repository'])).trim() === 'true'
  if (isShallow)
    throw new Error('the clone must have its whole history, got a shallow one; run `git fetch --tags --unshallow`')
}

/** Earlier versions, which .changes has, without a tag in this clone: the last one could not be compared. */
export async function missingTags(asked: string): Promise<readonly string[]> {
  const versions = globSync('.changes/v*.md', { cwd: REPOSITORY }).map((path) => basename(path, '.md'))
  const tags = (await run('git', ['tag', '--list'])).split('\n')
  return versions.filter((version) => version !== `v${asked}` && !tags.includes(version)).sort()
}

/** Files with the bit assume-unchanged (a small letter) or skip-worktree (S). */
export async function hiddenFiles(): Promise<readonly string[]> {
  const files = (await run('git', ['ls-files', '-v', '-z'])).split('\0')
  return files.filter((line) => /^[a-zS] /.test(line)).map((line) => line.slice(2))
}
