import assert from 'node:assert/strict'
import { buildxArguments, type ImageName } from '../../../release/images.ts'
import { REPOSITORY } from '../../../release/run.ts'
import { binary } from '../servers/binaries.ts'
import type { Node } from './node.ts'

/** How one of our images is built. */
export interface ImageBuild {
  readonly endpoint: string
  /** The layout of the base image. */
  readonly base: string
  /** The folder that becomes the image's layout. */
  readonly layout: string
}

/** Builds one of our images through a builder as a release does, from nothing that is cached. */
export async function buildImage(node: Node, name: ImageName, { endpoint, base, layout }: ImageBuild): Promise<void> {
  const buildx = binary('buildx')
  const builder = `images-${endpoint.replaceAll(/\D/g, '')}`
  await node.run(buildx, ['create', '--name', builder, '--driver', 'remote', endpoint])
  const output = `type=oci,tar=false,dest=${layout}`
  const args = buildxArguments(name, { version: '0.1.0', revision: 'test', epoch: 0, builder, base, output })
  const { code, stdout, stderr } = await node.run(buildx, args, { cwd: REPOSITORY })
  assert.equal(code, 0, stdout + stderr)
}
