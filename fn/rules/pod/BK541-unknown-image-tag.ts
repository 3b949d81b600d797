import { isBuildkitImage } from '../../upstream/buildkit/image-facts.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** BuildKit's tags begin with "v". */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'BuildKit has no release with the tag of this image.',
    why: 'Release tags have a "v" and all three numbers, such as "v0.34.2". The node cannot find the image, and the Pod waits in ImagePullBackOff. If a mirror uses other tags, ignore this rule.',
    source: 'buildkit v0.34.2, .github/workflows/buildkit.yml',
    example: {
      wrong: templateOf({ image: 'moby/buildkit:0.34.2' }),
      right: templateOf({ image: 'moby/buildkit:v0.34.2' }),
    },
  }),
  of: 'template',
  find: ({ image }) => {
    const { name, repository, tag, digest } = image
    const [, version, rest = ''] = /^[vV]?(\d+(?:\.\d+)*)((?:-(?:rootless|ubuntu))*)$/.exec(tag ?? '') ?? []
    if (version === undefined || digest || !isBuildkitImage(image)) return []
    const isWhole = /^\d+\.\d+\.\d+$/.test(version)
    if (isWhole && tag?.startsWith('v')) return []
    const proposedValue = isWhole ? `${repository}:v${version}${rest}` : undefined
    const must = proposedValue ? `must begin with "v"` : 'must have all three numbers of a release, such as "v0.34.2"'
    const message = `${must}, got "${tag}", a tag that BuildKit does not have${proposedValue ? `; use "${proposedValue}"` : ''}`
    return [{ path: ['spec', 'image'], message, currentValue: name, ...(proposedValue && { proposedValue }) }]
  },
}
