import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A blob of an OCI layout (image-spec, descriptor.md). */
export interface Descriptor {
  readonly digest: string
  readonly size: number
}

export interface PlatformImage {
  // biome-ignore lint/suspicious/noExplicitAny: image-spec, config.md
  readonly config: any
  readonly layers: readonly Descriptor[]
}

/** What a layout has: one image. */
export async function imageIn(layout: string): Promise<Descriptor> {
  const { manifests } = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8'))
  return manifests[0]
}

/** Its image for each platform. */
export async function platformImagesIn(layout: string): Promise<readonly PlatformImage[]> {
  const read = async (blob: Descriptor) => JSON.parse(await readFile(blobPath(layout, blob), 'utf8'))
  const { manifests }: { readonly manifests: readonly Descriptor[] } = await read(await imageIn(layout))
  return Promise.all(
    manifests.map(async (descriptor) => {
      const { config, layers } = await read(descriptor)
      return { config: await read(config), layers }
    }),
  )
}

export function blobPath(layout: string, { digest }: Descriptor): string {
  return join(layout, 'blobs', digest.replace(':', '/'))
}
