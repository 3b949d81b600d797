import { templateOf } from '../example.ts'
import { ANNOTATIONS_LIMIT, largestAnnotation, podAnnotations, sizeOf } from '../facts/pod-parts.ts'
import type { Rule } from '../rule.ts'

/** All annotations of a Pod together, buildkitd.toml among them. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  what: 'The annotations of a Pod, including `buildkitdToml`, exceed the limit of Kubernetes.',
  why: 'The API server rejects a Pod whose annotations exceed 256 KiB. buildkitd.toml is one of them.',
  source:
    'apimachinery v0.37.2, pkg/api/validation/objectmeta.go, ValidateAnnotationsSize and TotalAnnotationSizeLimitB',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    example.com/certificates: MIIB… 70000 times
`,
    right: templateOf({ podAnnotations: { 'example.com/certificates': 'builders-ca' } }),
  },
  of: 'builder',
  find: (builder) => {
    const annotations = podAnnotations(builder)
    const total = sizeOf(annotations)
    if (total <= ANNOTATIONS_LIMIT) return []
    const { place, size } = largestAnnotation(builder, annotations)
    const message = `must leave the Pod with at most ${ANNOTATIONS_LIMIT} bytes of annotations, keys and values together, got ${total}; this one has ${size}`
    return [{ ...place, message }]
  },
}
