import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { writeArchive } from './executables/archive.ts'
import { buildExecutable } from './executables/build-executable.ts'
import type { Platform } from './executables/platforms.ts'
import type { Release } from './release.ts'

/** Writes an archive for each platform, with `render-buildkit` as one executable that needs no Node.js. */
export async function makeExecutables(release: Pick<Release, 'folder' | 'epoch' | 'platforms'>): Promise<void> {
  for (const platform of release.platforms) await makeExecutable(release, platform)
}

async function makeExecutable({ folder, epoch }: Pick<Release, 'folder' | 'epoch'>, platform: Platform): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'executable-'))
  try {
    const executable = await buildExecutable(platform, scratch)
    const content = join(scratch, 'content')
    await mkdir(content)
    await rename(executable, join(content, basename(executable)))
    await writeArchive({ content, epoch, archive: join(folder, archiveName(platform)) })
  } finally {
    await rm(scratch, { recursive: true })
  }
}

/** `render-buildkit-linux-amd64.tar.gz` */
export function archiveName(platform: Platform): string {
  return `render-buildkit-${platform}${platform.startsWith('windows') ? '.zip' : '.tar.gz'}`
}
