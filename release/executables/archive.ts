import { copyFile, readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { REPOSITORY, reproducible, run } from '../run.ts'

export interface Archive {
  /** The folder that is packed, without the folder itself. */
  readonly content: string
  readonly archive: string
  readonly epoch: number
}

/** Packs a folder with the license, as .tar.gz or .zip, always with the same bytes. */
export async function writeArchive({ content, archive, epoch }: Archive): Promise<void> {
  await copyFile(join(REPOSITORY, 'LICENSE'), join(content, 'LICENSE'))
  const names = (await readdir(content)).sort()
  if (!archive.endsWith('.zip')) {
    // gzip -n, or the archive has the time at which it was packed.
    await run('tar', [...reproducible(epoch), '-I', 'gzip -n', '-cf', archive, '-C', content, ...names])
    return
  }
  for (const name of names) await utimes(join(content, name), epoch, epoch)
  await run('zip', ['-X', '-q', archive, ...names], { cwd: content, env: { ...process.env, TZ: 'UTC' } })
}
