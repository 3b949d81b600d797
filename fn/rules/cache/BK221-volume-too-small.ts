import { templateOf } from '../example.ts'
import { type Volume, volumeOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** Less than the layers of one image and what is built on it. */
const ENOUGH = 1e9
const MOST = 2 ** 50

/** A volume that cannot hold an image. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The volume of the cache is smaller than an image, or larger than any disk, or is not a whole number of bytes.',
    why: 'BuildKit unpacks every base image on this volume. The first build fails with "no space left on device". A size without a unit is in bytes. The API server changes a size that is too large.',
    source:
      'buildkit v0.34.2, cmd/buildkitd/main.go, newController; kubernetes v1.37.2, pkg/apis/core/validation/validation.go',
    example: {
      wrong: templateOf({ cache: { claim: { size: '200Mi' } } }),
      right: templateOf({ cache: { claim: { size: '100Gi' } } }),
    },
  }),
  of: 'template',
  needs: 'cache',
  find: (template) => {
    const volume = volumeOf(template)
    const must = volume && mustOf(volume)
    if (!must) return []
    const message = `must be ${must}, got ${volume.text}`
    return [{ path: volume.path, message, currentValue: volume.text }]
  },
}

function mustOf({ bytes, text }: Volume): string | undefined {
  if (bytes < ENOUGH) return 'large enough for images, at least 10Gi'
  if (bytes > MOST) return 'a size that a disk has, at most 1Pi'
  return text.endsWith('m') ? 'a whole number of bytes' : undefined
}
