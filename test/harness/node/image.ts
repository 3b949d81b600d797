import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Image, writeLayout } from '../../../release/oci/write-layout.ts'
import { succeed } from './succeed.ts'

/** Writes an image as an OCI layout in a tar, as `ctr images import` takes it. */
export async function writeImage(image: Image, path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'image-'))
  try {
    await writeLayout([image], folder)
    await succeed('tar', ['-C', folder, '-cf', path, '.'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
