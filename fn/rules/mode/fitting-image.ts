import type { ImageFacts } from '../image-facts.ts'

/** Tags of BuildKit that are not versions, and their rootless twins. */
const TWINS: Readonly<Record<string, string>> = {
  latest: 'rootless',
  master: 'master-rootless',
  nightly: 'nightly-rootless',
  'buildx-stable-1': 'buildx-stable-1-rootless',
}

/** What to write instead of one of BuildKit's images: the same release for the other kind of user, as far as its tag tells. */
export function fittingImage(
  image: ImageFacts,
  isRootless: boolean,
): { readonly text: string; readonly proposed?: string } {
  const tag = isRootless ? rootlessTwin(image) : rootfulTwin(image)
  if (tag === undefined || image.digest) {
    return { text: `leave out \`image\` or name one ${isRootless ? 'that ends in' : 'without'} "-rootless"` }
  }
  const proposed = `${image.repository}:${tag}`
  return { text: `use "${proposed}"`, proposed }
}

/** The images on Ubuntu are for root only. */
function rootlessTwin({ tag = 'latest', version }: ImageFacts): string | undefined {
  const onAlpine = tag.replace(/-ubuntu$/, '')
  return version ? `${onAlpine}-rootless` : TWINS[onAlpine]
}

function rootfulTwin({ tag = '' }: ImageFacts): string | undefined {
  const known = Object.keys(TWINS).find((twin) => TWINS[twin] === tag)
  return known ?? (tag.endsWith('-rootless') ? tag.slice(0, -'-rootless'.length) : undefined)
}
