import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Release } from './release.ts'
import { run } from './run.ts'

/** Writes the whole installation of the controller as one file for `kubectl apply`: what config/default has. */
export async function makeManifests({ folder }: Release): Promise<void> {
  await writeFile(join(folder, 'install.yaml'), await run('kubectl', ['kustomize', 'config/default']))
}
