/** What an image's name tells. */
export interface ImageFacts {
  /** As a container has it. */
  readonly name: string
  /** Without tag and digest. */
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
  /** Of BuildKit, from a tag such as `v0.34.2-rootless`; missing for another tag, or another repository than BuildKit's own. */
  readonly version?: { readonly major: number; readonly minor: number; readonly patch: number }
  /** Whether it is one of BuildKit's images for an ordinary user; undefined where its name does not tell. */
  readonly isRootless?: boolean
}

const PARTS = /^(?<repository>.+?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-fA-F]+))?$/
const VERSION = /^v?(\d+)\.(\d+)\.(\d+)(?:-|$)/

/** What the reference of an image tells (distribution/reference); white space around it is a mistake of its own, BK530. */
export function imageFacts(name: string): ImageFacts {
  const { repository = name, tag, digest } = PARTS.exec(name.trim())?.groups ?? {}
  const known = { name, repository, ...(tag && { tag }), ...(digest && { digest }) }
  // Without tag and digest a node pulls the tag `latest`.
  const pulled = tag ?? (digest ? undefined : 'latest')
  if (!(isBuildkitImage({ repository }) && pulled)) return known
  const [, major, minor, patch] = VERSION.exec(pulled) ?? []
  const version = patch === undefined ? undefined : { major: Number(major), minor: Number(minor), patch: Number(patch) }
  return { ...known, ...(version && { version }), isRootless: /(?:^|-)rootless$/.test(pulled) }
}

/** Whether it is one of BuildKit's own images, or of a mirror that keeps their name. */
export function isBuildkitImage({ repository }: Pick<ImageFacts, 'repository'>): boolean {
  return /(?:^|\/)moby\/buildkit$/.test(repository)
}

/** Tags of BuildKit that are moved: by releases, by commits, by the night. */
const MOVED = /^(?:latest|rootless|ubuntu|master|nightly|buildx-stable-\d+)(?:-(?:latest|rootless|ubuntu|gpu)){0,9}$/

/** Whether an image has a tag that is moved from one BuildKit to the next. */
export function hasMovedTag(image: ImageFacts): boolean {
  const { name, tag, digest } = image
  if (digest || name.includes('@')) return false
  if (tag === undefined || tag === 'latest') return true
  return isBuildkitImage(image) && MOVED.test(tag)
}
