import { byteLength } from '../../common/byte-length.ts'
import { largestPart } from '../facts/pod-parts.ts'
import type { Rule } from '../rule.ts'

const REQUEST_LIMIT = 3 * 1024 * 1024

/** Pods larger than a request may be. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A Pod exceeds 3 MiB.',
    why: 'The API server rejects a larger request, and etcd rejects one of half the size by default.',
    source:
      'apiserver v0.37.2, pkg/server/config.go, MaxRequestBodyBytes; etcd v3.6.16, embed/config.go, DefaultMaxRequestBytes',
    example: {
      wrong: `kind: BuildkitTemplate
spec:
  command:
  - buildkitd
  - 'builders… 400000 times'
`,
      right: `kind: BuildkitTemplate
spec:
  command:
  - buildkitd
`,
    },
  }),
  of: 'builder',
  find: (builder) => {
    const size = byteLength(builder.blueprint.content)
    if (size <= REQUEST_LIMIT) return []
    const largest = largestPart(builder)
    const message = `must leave a Pod of at most ${REQUEST_LIMIT} bytes, got ${size}; this field has ${largest.size}`
    return [{ ...largest.place, message }]
  },
}
