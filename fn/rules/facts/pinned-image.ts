import { imageOf } from '../../render/pod-spec.ts'
import { imageFacts } from '../../upstream/buildkit/image-facts.ts'
import type { TemplateFacts } from './facts.ts'

/** The release that is rendered where a template names no image, from the repository that it names. */
export function pinnedImage({ image, spec }: Pick<TemplateFacts, 'image' | 'spec'>): string {
  return `${image.repository}:${imageFacts(imageOf({ ...spec, image: undefined })).tag}`
}
