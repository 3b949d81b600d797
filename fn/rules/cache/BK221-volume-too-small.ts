import { templateOf } from '../example.ts'
import { volumeOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** Less than the layers of one image and what is built on it. */
const ENOUGH = 1e9

/** A volume that cannot hold an image. */
export const rule: Rule = {
  severity: 'warning',
  what: 'The volume of the cache is smaller than an image.',
  why: 'BuildKit unpacks every base image on this volume. The first build fails with "no space left on device". A size without a unit is in bytes.',
  source:
    'buildkit v0.34.2, cmd/buildkitd/main.go, newController; kubernetes v1.37.2, pkg/apis/core/validation/validation.go',
  example: {
    wrong: templateOf({ cache: { claim: { size: '200Mi' } } }),
    right: templateOf({ cache: { claim: { size: '100Gi' } } }),
  },
  of: 'template',
  needs: 'cache',
  find: (template) => {
    const volume = volumeOf(template)
    if (!volume || volume.bytes >= ENOUGH) return []
    const message = `must be large enough for images, got ${volume.text}; use at least 10Gi`
    return [{ path: volume.path, message, currentValue: volume.text }]
  },
}
