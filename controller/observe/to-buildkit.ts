import type { Buildkit as BuildkitObject } from '../../crds/buildkit.ts'
import { REPLICAS_MAX, SUSPEND_LABEL } from '../../crds/names.ts'
import { boundedText } from '../kube/bounded-text.ts'
import type { Buildkit } from '../observation.ts'
import { toStatus } from './to-status.ts'

const NAME_LENGTH_MAX = 253

/** What is kept of a Buildkit that the API server sent. */
export function toBuildkit(object: unknown): Buildkit {
  const { metadata, spec, status: written } = object as BuildkitObject
  const { name, namespace = '', uid = '', resourceVersion = '', generation = 0 } = metadata
  const podNames = podNamesIn(spec)
  const podNamesWritten = podNamesWrittenIn(
    metadata.managedFields ?? [],
    podNames.length > 1 ? 'f:podNames' : 'f:podName',
  )
  const suspend = metadata.labels?.[SUSPEND_LABEL]
  const { status, isForeign } = toStatus(written)
  return {
    namespace,
    name,
    uid,
    resourceVersion,
    generation,
    podNames,
    ...(podNamesWritten !== undefined && { podNamesWritten }),
    ...(suspend !== undefined && { suspend: boundedText(suspend) }),
    status,
    ...(isForeign && { isStatusForeign: true }),
  }
}

/** `spec.podNames`, or `spec.podName` alone: a list that does not begin with it was not rendered. */
function podNamesIn({ podName, podNames }: Partial<BuildkitObject['spec']> = {}): readonly string[] {
  if (!isName(podName)) return []
  const isRendered = Array.isArray(podNames) && podNames.length <= REPLICAS_MAX && podNames[0] === podName
  return isRendered && podNames.every(isName) ? [...new Set(podNames)] : [podName]
}

/** An older CRD accepts any text; what cannot be a Pod's name was not rendered. */
function isName(podName: unknown): podName is string {
  return typeof podName === 'string' && podName !== '' && podName.length <= NAME_LENGTH_MAX
}

type ManagedFields = Readonly<Record<string, unknown>>

/**
 * When a field of `spec` was last written, in milliseconds: an entry of `managedFields` has the time when its owner last changed one of
 * its fields (KEP-555). Of several owners the first one wrote the value, and the others agreed.
 */
function podNamesWrittenIn(managedFields: readonly ManagedFields[], field: string): number | undefined {
  const owning = managedFields.filter((entry) => owns(entry, field))
  const times = owning.map(({ time }) => Date.parse(String(time)))
  const written = times.filter((time) => !Number.isNaN(time))
  return written.length > 0 ? Math.min(...written) : undefined
}

function owns({ fieldsV1 }: ManagedFields, field: string): boolean {
  const spec = (fieldsV1 as { readonly 'f:spec'?: unknown } | null | undefined)?.['f:spec']
  return typeof spec === 'object' && spec !== null && field in spec
}
