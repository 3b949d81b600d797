import { serviceAnnotations } from '../../render/service.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { BuilderFacts } from '../facts/facts.ts'
import { ANNOTATIONS_LIMIT, largestAnnotation, podAnnotations, sizeOf } from '../facts/pod-parts.ts'
import type { Rule } from '../rule.ts'

/** All annotations of a Pod together, buildkitd.toml among them, and all of a Service. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'The annotations of a Pod, including `buildkitdToml`, or of a Service exceed the limit of Kubernetes.',
    why: 'The API server rejects an object whose annotations exceed 256 KiB. In a Pod, buildkitd.toml is one of them.',
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
  }),
  of: 'builder',
  find: (builder) => [...ofPod(builder), ...ofService(builder)],
}

function ofPod(builder: BuilderFacts): readonly Breach[] {
  const annotations = podAnnotations(builder)
  const total = sizeOf(annotations)
  if (total <= ANNOTATIONS_LIMIT) return []
  const { place, size } = largestAnnotation(builder, annotations)
  return [{ ...place, message: inWords('Pod', { total, size }) }]
}

function ofService({ template: { template, spec } }: BuilderFacts): readonly Breach[] {
  const total = sizeOf(serviceAnnotations(template.value))
  if (total <= ANNOTATIONS_LIMIT) return []
  const own = Object.entries(spec.service?.annotations ?? {}).map(([key, value]) => ({
    key,
    size: sizeOf({ [key]: value }),
  }))
  const largest = own.reduce((one, other) => (other.size > one.size ? other : one))
  const path = ['spec', 'service', 'annotations', largest.key]
  return [{ item: template.item, path, message: inWords('Service', { total, size: largest.size }) }]
}

function inWords(kind: string, { total, size }: { readonly total: number; readonly size: number }): string {
  return `must leave the ${kind} with at most ${ANNOTATIONS_LIMIT} bytes of annotations, keys and values together, got ${total}; this one has ${size}`
}
