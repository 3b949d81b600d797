import { byteLength } from '../../common/byte-length.ts'
import { podLabels } from '../../render/blueprint.ts'
import type { BuilderFacts } from '../facts/facts.ts'
import { ANNOTATIONS_LIMIT, largestPart, podAnnotations, sizeOf } from '../facts/pod-parts.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
/** Of a Pod whose content is below it nothing can be wrong, and most are. */
const SURELY_FITS = 100 * 1024

/** Large Pods and those who remember them. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A Pod is too large for a client that stores the last applied configuration in an annotation.',
    why: '`kubectl apply` and, by default, Argo CD and kpt write the whole Pod into one of its annotations. With it, the annotations exceed the 256 KiB that the API server accepts, and it rejects the Pod. Server-side apply, which Flux always uses, needs no such annotation.',
    source:
      'kubectl v0.37.2, pkg/util/apply.go, CreateApplyAnnotation; apimachinery v0.37.2, pkg/api/validation/objectmeta.go, ValidateAnnotationsSize',
    example: {
      wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    example.com/certificates: MIIB… 40000 times
`,
      right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    example.com/certificates: MIIB… 30000 times
`,
    },
  }),
  of: 'builder',
  find: (builder) => {
    if (byteLength(builder.blueprint.content) < SURELY_FITS) return []
    const annotations = podAnnotations(builder)
    const own = sizeOf(annotations)
    const total = own + sizeOf({ [LAST_APPLIED]: lastApplied(builder, annotations) })
    if (own > ANNOTATIONS_LIMIT || total <= ANNOTATIONS_LIMIT || isAppliedByServer(builder)) return []
    const { place, size } = largestPart(builder)
    const message = `must leave the Pod with at most ${ANNOTATIONS_LIMIT} bytes of annotations, including the copy of the Pod that \`kubectl apply\` and Argo CD add, got ${total}; this field has ${size}; shorten it, or apply with \`--server-side\`, or in Argo CD with the sync option "ServerSideApply=true"`
    return [{ ...place, message }]
  },
}

/** What Go writes: compact, sorted, and with characters of HTML escaped. */
function lastApplied({ blueprint, buildkits }: BuilderFacts, annotations: Readonly<Record<string, string>>): string {
  const { name = '', namespace } = buildkits[0]?.value.metadata ?? {}
  const metadata = { name: `${name}-${blueprint.hash}`, namespace, labels: podLabels(name, blueprint), annotations }
  const json = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata, spec: blueprint.spec })
  return `${json.replace(/[<>&]/g, '\\u0000')}\n`
}

function isAppliedByServer(builder: BuilderFacts): boolean {
  const options = ownAnnotation(builder, 'argocd.argoproj.io/sync-options')?.value ?? ''
  return options.includes('ServerSideApply=true')
}
