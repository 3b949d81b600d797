import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chartFile } from '../chart.ts'
import { IMAGE_NAMES, type ImageName, imageFile } from '../images.ts'
import { digestOf } from '../oci/digest.ts'
import { run } from '../run.ts'
import type { Upload } from './push.ts'

/** A release that was made, and where it goes. */
export interface Publication {
  readonly version: string
  /** The folder of the artifacts. */
  readonly from: string
  /** `ghcr.io/buildkit-gitops` */
  readonly registry: string
  /** A folder for what is unpacked. */
  readonly scratch: string
}

/** Everything that goes to a registry: the images, then the chart that names them. */
export async function uploadsOf(publication: Publication): Promise<readonly Upload[]> {
  const { version, from } = publication
  const names = [...IMAGE_NAMES.map((name) => imageFile(name, version)), chartFile(version)]
  const missing = names.filter((name) => !existsSync(join(from, name)))
  if (missing.length > 0)
    throw new Error(`${from} must have ${missing.join(', ')}; make the release with --builder, which builds the images`)
  const uploads: Upload[] = []
  for (const name of IMAGE_NAMES) uploads.push(await imageUpload(name, publication))
  return [...uploads, await chartUpload(publication)]
}

async function imageUpload(name: ImageName, { version, from, registry, scratch }: Publication): Promise<Upload> {
  const layout = join(scratch, name)
  const archive = join(from, imageFile(name, version))
  await mkdir(layout)
  const manifest = await unpackLayout(archive, layout)
  const reference = `${registry}/${name}:v${version}`
  return {
    reference,
    isPublished: (published) => published === manifest,
    push: () => run('crane', ['push', '--index', layout, reference]).then(() => undefined),
  }
}

/** Unpacks an image, whose index becomes that of the layout: there, it is the only entry, and crane pushes what is there. Returns it. */
async function unpackLayout(archive: string, layout: string): Promise<string> {
  try {
    await run('tar', ['-xf', archive, '-C', layout])
    const path = join(layout, 'index.json')
    const [image] = JSON.parse(await readFile(path, 'utf8')).manifests
    const manifest = await readFile(join(layout, 'blobs', image.digest.replace(':', '/')), 'utf8')
    await writeFile(path, manifest)
    return manifest
  } catch (cause) {
    throw new Error(`${archive} must be an OCI layout: ${(cause as Error).message}`, { cause })
  }
}

/** Helm records when it pushed a chart, so its archive is what must be the same. */
async function chartUpload({ version, from, registry }: Publication): Promise<Upload> {
  const archive = join(from, chartFile(version))
  const digest = digestOf(await readFile(archive))
  const charts = `${registry}/charts`
  return {
    reference: `${charts}/buildkit-controller:${version}`,
    isPublished: (manifest) => layersOf(manifest).includes(digest),
    push: () => run('helm', ['push', archive, `oci://${charts}`, ...plainHttp(registry)]).then(() => undefined),
  }
}

/** The digests of the layers in a manifest; an index of images has none. */
function layersOf(manifest: string): readonly string[] {
  const { layers = [] } = JSON.parse(manifest) as { readonly layers?: readonly { readonly digest: string }[] }
  return layers.map(({ digest }) => digest)
}

/** As crane does it: a registry on this machine has no certificate. */
function plainHttp(registry: string): readonly string[] {
  return /^(localhost|127\.0\.0\.1)(:|\/|$)/.test(registry) ? ['--plain-http'] : []
}
