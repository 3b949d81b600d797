import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { succeed } from './succeed.ts'

export interface Image {
  /** `docker.io/moby/buildkit:v0.34.2` */
  readonly name: string
  /** A folder that becomes the only layer. */
  readonly rootFolder: string
  /** `config` of an OCI image (image-spec, config.md). */
  readonly config: { readonly Entrypoint: readonly string[]; readonly User?: string; readonly Env?: readonly string[] }
}

/** Writes an image as an OCI layout in a tar (image-spec, image-layout.md), as `ctr images import` takes it. */
export async function writeImage({ name, rootFolder, config }: Image, path: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'image-'))
  try {
    const blobs = join(folder, 'blobs/sha256')
    await mkdir(blobs, { recursive: true })
    await succeed('tar', ['-C', rootFolder, '--xattrs', '--xattrs-include=*', '-cf', join(folder, 'layer.tar'), '.'])
    const tar = await readFile(join(folder, 'layer.tar'))
    await rm(join(folder, 'layer.tar'))
    const layer = await writeBlob(blobs, 'application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(tar, { level: 1 }))
    const description = {
      architecture: 'amd64',
      os: 'linux',
      config,
      rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    }
    const configBlob = await writeBlob(blobs, 'application/vnd.oci.image.config.v1+json', toJson(description))
    const mediaType = 'application/vnd.oci.image.manifest.v1+json'
    const manifest = { schemaVersion: 2, mediaType, config: configBlob, layers: [layer] }
    const annotations = { 'io.containerd.image.name': name }
    const index = {
      schemaVersion: 2,
      manifests: [{ ...(await writeBlob(blobs, mediaType, toJson(manifest))), annotations }],
    }
    await writeFile(join(folder, 'index.json'), toJson(index))
    await writeFile(join(folder, 'oci-layout'), toJson({ imageLayoutVersion: '1.0.0' }))
    await succeed('tar', ['-C', folder, '-cf', path, '.'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeBlob(folder: string, mediaType: string, content: Buffer) {
  const digest = digestOf(content)
  await writeFile(join(folder, digest.slice('sha256:'.length)), content)
  return { mediaType, digest, size: content.length }
}

function toJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}
