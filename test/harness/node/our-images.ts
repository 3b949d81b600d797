import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import packageJson from '../../../package.json' with { type: 'json' }
import { writeBaseImage } from '../../../release/base-image.ts'
import { type ImageName, imageReference } from '../../../release/images.ts'
import { buildImage } from './build-image.ts'
import { writePackage } from './builder.ts'
import { type BuilderCluster, startBuilderCluster } from './cluster-with-controller.ts'
import { succeed } from './succeed.ts'

/** A node with a builder that we have rendered, and our images, built through it. */
export interface OurImages {
  readonly cluster: BuilderCluster
  /** The layout of the base image. */
  readonly base: string
  /** Builds an image for both platforms; the folder of its layout. */
  readonly build: (name: ImageName) => Promise<string>
  /** Has the node know an image by its name. */
  readonly load: (layout: string) => Promise<void>
}

/** The name that charts and examples give the image of this version. */
export function referenceOf(name: ImageName): string {
  return imageReference(name, packageJson.version)
}

export async function startOurImages(): Promise<OurImages> {
  const cluster = await startBuilderCluster([])
  const { node } = cluster
  try {
    await cluster.apply(await writePackage(node.folder, 'images'))
    const endpoint = await cluster.readyEndpoint('images')
    const base = join(node.folder, 'base')
    await writeBaseImage({ epoch: 0 }, base)
    let builds = 0
    return {
      cluster,
      base,
      build: async (name) => {
        const layout = join(node.folder, `${name}-${builds++}`)
        await mkdir(layout)
        await buildImage(node, name, { endpoint, base, layout })
        return layout
      },
      load: async (layout) => {
        await succeed('tar', ['-C', layout, '-cf', `${layout}.tar`, '.'])
        await node.ctr('images', 'import', '--platform=linux/amd64', `${layout}.tar`)
      },
    }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}
