import { type ImageFacts, isBuildkitImage } from './image-facts.ts'

/** Tags of BuildKit that are moved: by releases, by commits, by the night. */
const MOVED = /^(?:latest|rootless|ubuntu|master|nightly|buildx-stable-\d+)(?:-(?:latest|rootless|ubuntu|gpu)){0,9}$/

/** Whether an image has a tag that is moved from one BuildKit to the next. */
export function hasMovedTag(image: ImageFacts): boolean {
  const { name, tag, digest } = image
  if (digest || name.includes('@')) return false
  if (tag === undefined || tag === 'latest') return true
  return isBuildkitImage(image) && MOVED.test(tag)
}
