import { mkdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { writeArchive } from './executables/archive.ts'
import { buildExecutable } from './executables/build-executable.ts'
import type { Platform } from './executables/platforms.ts'
import type { Release } from './release.ts'
import { inTemporaryFolder } from './temporary-folder.ts'

/** Writes an archive for each platform, with `render-buildkit` as one executable that needs no Node.js. */
export async function makeExecutables(release: Pick<Release, 'folder' | 'epoch' | 'platforms'>): Promise<void> {
  for (const platform of release.platforms)
    await inTemporaryFolder((scratch) => makeExecutable(release, platform, scratch))
}

async function makeExecutable(
  { folder, epoch }: Pick<Release, 'folder' | 'epoch'>,
  platform: Platform,
  scratch: string,
): Promise<void> {
  const executable = await buildExecutable(platform, scratch)
  const program = basename(executable)
  const content = join(scratch, folderName(platform))
  await mkdir(content)
  await rename(executable, join(content, program))
  await writeArchive({ content, program, epoch, archive: join(folder, archiveName(platform)) })
}

/** `render-buildkit-linux-amd64.tar.gz` */
export function archiveName(platform: Platform): string {
  return `${folderName(platform)}${platform.startsWith('windows') ? '.zip' : '.tar.gz'}`
}

/** The folder at the top of an archive: what is unpacked never overwrites another file. */
function folderName(platform: Platform): string {
  return `render-buildkit-${platform}`
}
