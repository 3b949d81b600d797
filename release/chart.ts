import { join } from 'node:path'
import { packTarGz } from './pack.ts'
import type { Release } from './release.ts'
import { inTemporaryFolder } from './temporary-folder.ts'
import { copyTracked } from './tracked-files.ts'

const CHART = 'charts/buildkit-controller'

/** Writes the archive that `helm push` and `helm install` take. Not by `helm package`, which records when each file was written. */
export async function makeChart({ version, epoch, folder }: Release): Promise<void> {
  await inTemporaryFolder(async (scratch) => {
    await copyTracked([CHART], scratch)
    const archive = join(folder, chartFile(version))
    await packTarGz({ parent: join(scratch, 'charts'), name: 'buildkit-controller', epoch, archive })
  })
}

export function chartFile(version: string): string {
  return `buildkit-controller-${version}.tgz`
}
