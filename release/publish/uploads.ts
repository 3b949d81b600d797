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
  const images = await Promise.all(IMAGE_NAMES.map((name) => imageUpload(name, publication)))
  return [...images, await chartUpload(publication)]
}

async function imageUpload(name: ImageName, { version, from, registry, scratch }: Publication): Promise<Upload> {
  const layout = join(scratch, name)
  await mkdir(layout)
  await run('tar', ['-xf', join(from, imageFile(name, version)), '-C', layout])
  const manifest = await unwrapIndex(layout)
  const reference = `${registry}/${name}:v${version}`
  return {
    reference,
    isPublished: (published) => published === manifest,
    push: () => run('crane', ['push', '--index', layout, reference]).then(() => undefined),
  }
}

/** Makes the image's index that of the layout, which otherwise has it as its only entry, and crane pushes what it has. Returns it. */
async function unwrapIndex(layout: string): Promise<string> {
  const path = join(layout, 'index.json')
  const [image] = JSON.parse(await readFile(path, 'utf8')).manifests
  const manifest = await readFile(join(layout, 'blobs', image.digest.replace(':', '/')), 'utf8')
  await writeFile(path, manifest)
  return manifest
}

/** Helm records when it pushed a chart, so its archive is what must be the same. */
async function chartUpload({ version, from, registry }: Publication): Promise<Upload> {
  const archive = join(from, chartFile(version))
  const digest = digestOf(await readFile(archive))
  const charts = `${registry}/charts`
  return {
    reference: `${charts}/buildkit-controller:${version}`,
    isPublished: (manifest) =>
      JSON.parse(manifest).layers.some((layer: { readonly digest: string }) => layer.digest === digest),
    push: () => run('helm', ['push', archive, `oci://${charts}`, ...plainHttp(registry)]).then(() => undefined),
  }
}

/** As crane does it: a registry on this machine has no certificate. */
function plainHttp(registry: string): readonly string[] {
  return /^(localhost|127\.0\.0\.1)(:|\/|$)/.test(registry) ? ['--plain-http'] : []
}
