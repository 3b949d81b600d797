import { TOML_ANNOTATION } from '../../../crds/names.ts'
import { engineAnnotations, SYNC_WAVE_ANNOTATION } from '../../engine-annotations.ts'
import type { BuilderFacts } from '../facts.ts'
import type { Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'

const LIMIT = 256 * 1024

/** All annotations of a Pod together, buildkitd.toml among them. */
export const ANNOTATION_SIZE: Rule = {
  id: 'BK505',
  severity: 'error',
  cannotWork: true,
  what: 'The annotations of a Pod, `buildkitdToml` among them, are larger than Kubernetes takes.',
  why: 'The API server refuses a Pod with more than 256 KiB of annotations, and buildkitd.toml travels in one.',
  source:
    'apimachinery v0.37.2, pkg/api/validation/objectmeta.go, ValidateAnnotationsSize and TotalAnnotationSizeLimitB',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    example.com/certificates: MIIB… 70000 times
`,
    right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    example.com/certificates: builders-ca
`,
  },
  of: 'builder',
  find: (builder) => {
    const { annotations, engineAnnotations: own } = builder.blueprint
    const wave = builder.buildkits[0]?.value.metadata.annotations?.[SYNC_WAVE_ANNOTATION]
    const all = Object.entries({ ...annotations, ...engineAnnotations('controller', own, wave) })
    const sizes = all.map(([key, value]) => ({ key, size: Buffer.byteLength(key) + Buffer.byteLength(value) }))
    const total = sizes.reduce((sum, { size }) => sum + size, 0)
    if (total <= LIMIT) return []
    const [largest] = sizes.sort((a, b) => b.size - a.size)
    const place = placeOf(builder, largest?.key ?? '')
    const message = `must leave the Pod at most ${LIMIT} bytes of annotations, keys and values together, got ${total}, of which this is ${largest?.size}`
    return [{ ...place, message }]
  },
}

function placeOf({ template, buildkits }: BuilderFacts, key: string): Pick<Finding, 'item' | 'path'> {
  const { item } = template.template
  if (key === TOML_ANNOTATION) return { item, path: 'spec.buildkitdToml' }
  if (Object.hasOwn(template.spec.podAnnotations ?? {}, key)) return { item, path: `spec.podAnnotations[${key}]` }
  const [buildkit] = buildkits
  return { ...(buildkit && { item: buildkit.item }), path: `spec.annotations[${key}]` }
}
