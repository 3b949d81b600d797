import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import { blobPath, platformImagesIn } from './oci-layout.ts'
import { succeed } from './succeed.ts'

/** Runs Node.js in the image for arm64 of a layout, in its files alone, and returns its output. qemu translates every instruction. */
export async function runOnArm64(layout: string, args: readonly string[]): Promise<string> {
  const image = (await platformImagesIn(layout)).find(({ config }) => config.architecture === 'arm64')
  const root = await mkdtemp(join(tmpdir(), 'arm64-'))
  try {
    for (const layer of image?.layers ?? []) await succeed('tar', ['-xzf', blobPath(layout, layer), '-C', root])
    await copyFile(binary('qemu-aarch64-static'), join(root, 'qemu'))
    return await succeed('chroot', ['--userspec=65532:65532', root, '/qemu', '/nodejs/bin/node', ...args])
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
