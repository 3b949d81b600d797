import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** As Go's `strings.TrimSpace`, which JavaScript's `trim` is almost. */
const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
const ENDS = new RegExp(`^${SPACE}|${SPACE}$`, 'g')

/** Spaces around the image. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: '`image` begins or ends with whitespace.',
    why: 'The API server rejects the Pod.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validateContainerOnlyForPod',
    example: {
      wrong: templateOf({ image: 'moby/buildkit:v0.34.2 ' }),
      right: templateOf({ image: 'moby/buildkit:v0.34.2' }),
    },
  }),
  of: 'template',
  find: ({ spec: { image } }) => {
    const proposedValue = image?.replace(ENDS, '')
    if (!image || image === proposedValue) return []
    return [
      {
        path: ['spec', 'image'],
        message: `must not begin or end with whitespace, got ${JSON.stringify(image)}`,
        currentValue: image,
        ...(proposedValue && { proposedValue }),
      },
    ]
  },
}
