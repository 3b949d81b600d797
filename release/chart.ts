import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Release } from './release.ts'
import { reproducible, run } from './run.ts'

/** Writes the archive that `helm push` and `helm install` take. Not by `helm package`, which records when each file was written. */
export async function makeChart({ version, epoch, folder }: Release): Promise<void> {
  const archive = join(folder, chartFile(version))
  const tar = `${archive}.tar`
  await run('tar', [...reproducible(epoch), '-C', 'charts', '-cf', tar, 'buildkit-controller'])
  await writeFile(archive, gzipSync(await readFile(tar), { level: 9 }))
  await rm(tar)
}

export function chartFile(version: string): string {
  return `buildkit-controller-${version}.tgz`
}
