import { join } from 'node:path'
import { BASE_IMAGE } from './base-image.ts'
import type { Release } from './release.ts'
import { run } from './run.ts'

const DOCKERFILES = {
  'render-buildkit': 'fn/Dockerfile',
  'buildkit-controller': 'controller/Dockerfile',
} as const

export type ImageName = keyof typeof DOCKERFILES
export const IMAGE_NAMES = Object.keys(DOCKERFILES) as ImageName[]

/** Writes each image, on the base in a folder and for its architectures, as an OCI layout in a tar. */
export async function makeImages(release: Release & { readonly builder: string }, base: string): Promise<void> {
  for (const name of IMAGE_NAMES) {
    const output = `type=oci,dest=${join(release.folder, imageFile(name, release.version))}`
    await run('docker', ['buildx', ...buildxArguments(name, { ...release, base, output })])
  }
}

export function imageFile(name: ImageName, version: string): string {
  return `${name}-image-${version}.tar`
}

interface ImageBuild extends Pick<Release, 'version' | 'revision' | 'epoch'> {
  readonly builder: string
  /** The folder with the layout of the base. */
  readonly base: string
  /** Where the image goes, as `--output` of buildx takes it. */
  readonly output: string
}

/** What buildx is started with, in the root of the repository. The same input makes an image with the same digest. */
export function buildxArguments(name: ImageName, build: ImageBuild): readonly string[] {
  return [
    'build',
    `--builder=${build.builder}`,
    '--no-cache',
    '--progress=plain',
    '--platform=linux/amd64,linux/arm64',
    `--file=${DOCKERFILES[name]}`,
    `--build-arg=VERSION=${build.version}`,
    `--build-arg=REVISION=${build.revision}`,
    `--build-arg=SOURCE_DATE_EPOCH=${build.epoch}`,
    // Its provenance would say when the image was built.
    '--provenance=false',
    `--build-context=${BASE_IMAGE}=oci-layout://${build.base}:latest`,
    `--output=${build.output},rewrite-timestamp=true,name=${imageReference(name, build.version)}`,
    '.',
  ]
}

/** The name under which an image is published, and that charts and examples use. */
export function imageReference(name: ImageName, version: string): string {
  return `ghcr.io/buildkit-gitops/${name}:v${version}`
}
