import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { writeBaseImage } from './base-image.ts'
import { makeChart } from './chart.ts'
import { checksumsOf, makeChecksums } from './checksums.ts'
import { makeExecutables } from './executables.ts'
import { makeFormula } from './formula.ts'
import { makeImages } from './images.ts'
import { makeManifests } from './manifests.ts'
import { makeNpmPackage } from './npm-package.ts'
import { makeProvenance } from './provenance.ts'
import type { Release } from './release.ts'
import { makeSboms } from './sboms.ts'

/** Makes every artifact of a release in its folder, which does not exist before and is whole when it does. */
export async function makeRelease(release: Release): Promise<void> {
  await mkdir(dirname(release.folder), { recursive: true })
  const unfinished = await mkdtemp(`${release.folder}-`)
  try {
    await makeArtifacts({ ...release, folder: unfinished })
    await rm(release.folder, { recursive: true, force: true })
    await rename(unfinished, release.folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function makeArtifacts(release: Release): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'release-'))
  try {
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
  } finally {
    await rm(scratch, { recursive: true })
  }
}

/** The artifacts that two releases do not have with the same bytes. */
export async function differences(one: string, other: string): Promise<readonly string[]> {
  const [first, second] = await Promise.all([checksumsOf(one), checksumsOf(other)])
  const lines = new Set(second.map(({ name, sha256 }) => `${name} ${sha256}`))
  return first.filter(({ name, sha256 }) => !lines.has(`${name} ${sha256}`)).map(({ name }) => name)
}
