import { readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { run } from './run.ts'

/** A folder that becomes an archive, which has the folder at its top and always the same bytes. */
export interface Packed {
  /** Where the folder is. */
  readonly parent: string
  readonly name: string
  /** The time of all files, in seconds since 1970. */
  readonly epoch: number
  readonly archive: string
}

/** Options with which GNU tar writes the same bytes for the same files, whoever owns them. */
export function reproducible(epoch: number): readonly string[] {
  const owner = ['--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX']
  return ['--sort=name', '--format=gnu', `--mtime=@${epoch}`, ...owner]
}

/** Writes a .tar.gz. Not by `tar -z`: gzip records when it packed. */
export async function packTarGz({ parent, name, epoch, archive }: Packed): Promise<void> {
  const tar = `${archive}.tar`
  await run('tar', [...reproducible(epoch), '-C', parent, '-cf', tar, name])
  await writeFile(archive, gzipSync(await readFile(tar)))
  await rm(tar)
}

/** Writes a .zip of a folder that has no folders. Modes are those of the files. */
export async function packZip({ parent, name, epoch, archive }: Packed, files: readonly string[]): Promise<void> {
  const paths = files.map((file) => join(name, file)).sort()
  for (const path of paths) await utimes(join(parent, path), epoch, epoch)
  // -X: no owner and no time but the one of the format, which is local: programs run in UTC.
  await run('zip', ['-X', '-q', archive, ...paths], { cwd: parent })
}
