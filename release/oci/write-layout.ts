import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { reproducible } from '../pack.ts'
import { run } from '../run.ts'
import { digestOf } from './digest.ts'

/** An image for one platform. */
export interface Image {
  /** `docker.io/moby/buildkit:v0.34.2` */
  readonly name: string
  /** `amd64` unless stated. */
  readonly architecture?: string
  /** A folder that becomes the only layer. */
  readonly rootFolder: string
  /** `config` of an OCI image (image-spec, config.md). */
  readonly config: { readonly Entrypoint: readonly string[]; readonly User?: string; readonly Env?: readonly string[] }
  /** The time of all files, in seconds since 1970; unless stated, files keep theirs, with their owners and capabilities. */
  readonly epoch?: number
}

/** Writes an image into a folder as an OCI layout (image-spec, image-layout.md); one that is for several platforms once for each. */
export async function writeLayout(images: readonly Image[], folder: string): Promise<void> {
  const blobs = join(folder, 'blobs/sha256')
  await mkdir(blobs, { recursive: true })
  const manifests = await Promise.all(images.map((image) => writeManifest(image, blobs)))
  const annotations = { 'io.containerd.image.name': images[0]?.name, 'org.opencontainers.image.ref.name': 'latest' }
  const entry =
    manifests.length === 1
      ? manifests[0]
      : await writeBlob(blobs, INDEX, toJson({ schemaVersion: 2, mediaType: INDEX, manifests }))
  await writeFile(join(folder, 'index.json'), toJson({ schemaVersion: 2, manifests: [{ ...entry, annotations }] }))
  await writeFile(join(folder, 'oci-layout'), toJson({ imageLayoutVersion: '1.0.0' }))
}

const INDEX = 'application/vnd.oci.image.index.v1+json'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

async function writeManifest({ rootFolder, config, architecture = 'amd64', epoch }: Image, blobs: string) {
  const file = join(blobs, `${architecture}.tar`)
  const options = epoch === undefined ? ['--xattrs', '--xattrs-include=*'] : reproducible(epoch)
  await run('tar', [...options, '-C', rootFolder, '-cf', file, '.'])
  const tar = await readFile(file)
  await rm(file)
  const layer = await writeBlob(blobs, 'application/vnd.oci.image.layer.v1.tar+gzip', gzipSync(tar, { level: 1 }))
  const platform = { architecture, os: 'linux' }
  const rootfs = { type: 'layers', diff_ids: [digestOf(tar)] }
  const configBlob = await writeBlob(
    blobs,
    'application/vnd.oci.image.config.v1+json',
    toJson({ ...platform, config, rootfs }),
  )
  const manifest = { schemaVersion: 2, mediaType: MANIFEST, config: configBlob, layers: [layer] }
  return { ...(await writeBlob(blobs, MANIFEST, toJson(manifest))), platform }
}

async function writeBlob(folder: string, mediaType: string, content: Buffer) {
  const digest = digestOf(content)
  await writeFile(join(folder, digest.slice('sha256:'.length)), content)
  return { mediaType, digest, size: content.length }
}

function toJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}
