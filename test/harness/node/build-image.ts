import assert from 'node:assert/strict'
import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import type { Node } from './node.ts'
import { NODE_JS_IMAGE } from './node-js-image.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** How one of our images is built. */
export interface ImageBuild {
  readonly endpoint: string
  readonly dockerfile: string
  /** The layout that stands for the base image. */
  readonly base: string
  /** The folder that becomes the image's layout. */
  readonly layout: string
  readonly name: string
}

/** Builds one of our images through a builder as docs/images.md says, from nothing that is cached. */
export async function buildImage(node: Node, { endpoint, dockerfile, base, layout, name }: ImageBuild): Promise<void> {
  const buildx = binary('buildx')
  const builder = `images-${endpoint.replaceAll(/\D/g, '')}`
  await node.run(buildx, ['create', '--name', builder, '--driver', 'remote', endpoint])
  const args = [
    'build',
    `--builder=${builder}`,
    '--no-cache',
    '--progress=plain',
    '--platform=linux/amd64,linux/arm64',
    `--file=${dockerfile}`,
    '--build-arg=VERSION=0.1.0',
    '--build-arg=REVISION=test',
    '--build-arg=SOURCE_DATE_EPOCH=0',
    '--provenance=false',
    `--build-context=${NODE_JS_IMAGE}=oci-layout://${base}:latest`,
    `--output=type=oci,tar=false,dest=${layout},rewrite-timestamp=true,name=${name}`,
    '.',
  ]
  const { code, stdout, stderr } = await node.run(buildx, args, { cwd: ROOT })
  assert.equal(code, 0, stdout + stderr)
}
