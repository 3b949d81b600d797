import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { succeed } from '../../harness/node/succeed.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Copies what a clone of this repository has, and what is new in it, to `folder`. */
export async function copyClean(folder: string): Promise<void> {
  const files = await succeed('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
  const deleted = await succeed('git', ['ls-files', '-z', '--deleted'], { cwd: ROOT })
  const gone = new Set(deleted.split('\0'))
  for (const file of files.split('\0').filter((name) => name !== '' && !gone.has(name)))
    await cp(join(ROOT, file), join(folder, file))
}
