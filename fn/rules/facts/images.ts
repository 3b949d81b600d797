import { imageOf } from '../../render/daemon.ts'
import { hasMovedTag, imageFacts } from '../../upstream/buildkit/image-facts.ts'
import type { TemplateFacts } from './facts.ts'

/** The release that is rendered where a template names no image, from the repository that it names. */
export function pinnedImage({ image, spec }: Pick<TemplateFacts, 'image' | 'spec'>): string {
  return `${image.repository}:${imageFacts(imageOf({ ...spec, image: undefined })).tag}`
}

/** What to write instead of one of BuildKit's images: one for the template's kind of user, of the same release where its tag tells it. */
export function fittingImage(template: Pick<TemplateFacts, 'image' | 'spec'>): {
  readonly text: string
  readonly proposed?: string
} {
  const proposed = hasMovedTag(template.image) ? pinnedImage(template) : twinOf(template)
  if (proposed !== undefined) return { text: `use "${proposed}"`, proposed }
  return { text: `leave \`image\` out, or name one ${template.spec.rootless ? 'that ends in' : 'without'} "-rootless"` }
}

/** The images on Ubuntu are for root only. */
function twinOf({ image, spec }: Pick<TemplateFacts, 'image' | 'spec'>): string | undefined {
  const { repository, tag = '', digest, version } = image
  if (digest) return undefined
  if (spec.rootless) return version && `${repository}:${tag.replace(/-ubuntu$/, '')}-rootless`
  return tag.endsWith('-rootless') ? `${repository}:${tag.slice(0, -'-rootless'.length)}` : undefined
}
