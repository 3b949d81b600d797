import { chmod, cp } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY, run } from './run.ts'

/** Copies the files that Git has below some paths, and no file that Git ignores, with the modes that Git gives them. */
export async function copyTracked(paths: readonly string[], folder: string): Promise<void> {
  for (const { path, mode } of await trackedFiles(paths)) await copyWithMode(path, folder, mode)
}

/** Copies a file of the repository. Its mode does not depend on the umask of whoever wrote it. */
export async function copyWithMode(path: string, folder: string, mode: number): Promise<void> {
  await cp(join(REPOSITORY, path), join(folder, path))
  await chmod(join(folder, path), mode)
}

async function trackedFiles(paths: readonly string[]) {
  const listed = await run('git', ['ls-files', '--stage', '-z', '--', ...paths])
  const files = listed.split('\0').filter((line) => line !== '')
  return files.map((line) => ({ path: line.slice(line.indexOf('\t') + 1), mode: Number.parseInt(line.slice(3, 6), 8) }))
}
