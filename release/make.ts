import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeBaseImage } from './base-image.ts'
import { makeChart } from './chart.ts'
import { checksumsOf, makeChecksums } from './checksums.ts'
import { makeExecutables } from './executables.ts'
import { makeFormula } from './formula.ts'
import { makeImages } from './images.ts'
import { makeManifests } from './manifests.ts'
import { makeNpmPackage } from './npm-package.ts'
import { requireReplaceable } from './output-folder.ts'
import { makeProvenance } from './provenance.ts'
import type { Release } from './release.ts'
import { makeSboms } from './sboms.ts'
import { inTemporaryFolder } from './temporary-folder.ts'

/** Makes every artifact of a release in its folder, which is whole when it exists. Replaces an earlier release, and nothing else. */
export async function makeRelease(release: Release): Promise<void> {
  await requireReplaceable(release.folder)
  await mkdir(dirname(release.folder), { recursive: true })
  await inTemporaryFolder(async (unfinished) => {
    await inTemporaryFolder((scratch) => makeArtifacts({ ...release, folder: unfinished }, scratch))
    await chmod(unfinished, 0o755)
    await rm(release.folder, { recursive: true, force: true })
    await rename(unfinished, release.folder)
  }, `${release.folder}-`)
}

async function makeArtifacts(release: Release, scratch: string): Promise<void> {
  await makeNpmPackage(release)
  await makeChart(release)
  await makeManifests(release)
  await makeExecutables(release)
  if (release.platforms.length > 0) await makeFormula(release)
  const base = join(scratch, 'base')
  const debian = await writeBaseImage(release, base)
  if (release.builder !== undefined) await makeImages({ ...release, builder: release.builder }, base)
  await makeSboms(release, debian)
  await makeProvenance(release)
  await makeChecksums(release.folder)
}

/** The artifacts that two releases do not have with the same bytes. */
export async function differences(one: string, other: string): Promise<readonly string[]> {
  const [first, second] = await Promise.all([checksumsOf(one), checksumsOf(other)])
  const lines = new Set(second.map(({ name, sha256 }) => `${name} ${sha256}`))
  return first.filter(({ name, sha256 }) => !lines.has(`${name} ${sha256}`)).map(({ name }) => name)
}
