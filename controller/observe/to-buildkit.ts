import type { Buildkit as BuildkitObject } from '../../crds/buildkit.ts'
import { SUSPEND_LABEL } from '../../crds/names.ts'
import { boundedText } from '../kube/bounded-text.ts'
import type { Buildkit } from '../observation.ts'
import { toStatus } from './to-status.ts'

const NAME_LENGTH_MAX = 253

/** What is kept of a Buildkit that the API server sent. */
export function toBuildkit(object: unknown): Buildkit {
  const { metadata, spec, status: written } = object as BuildkitObject
  const { name, namespace = '', uid = '', resourceVersion = '', generation = 0 } = metadata
  const podNameWritten = podNameWrittenIn(metadata.managedFields ?? [])
  const suspend = metadata.labels?.[SUSPEND_LABEL]
  const { status, isForeign } = toStatus(written)
  return {
    namespace,
    name,
    uid,
    resourceVersion,
    generation,
    ...(isName(spec?.podName) && { podName: spec.podName }),
    ...(podNameWritten !== undefined && { podNameWritten }),
    ...(suspend !== undefined && { suspend: boundedText(suspend) }),
    status,
    ...(isForeign && { isStatusForeign: true }),
  }
}

/** An older CRD accepts any text; what cannot be a Pod's name was not rendered. */
function isName(podName: unknown): podName is string {
  return typeof podName === 'string' && podName !== '' && podName.length <= NAME_LENGTH_MAX
}

/**
 * When `spec.podName` was last written, in milliseconds: an entry of `managedFields` has the time when its owner last changed one of
 * its fields (KEP-555). Of several owners the first one wrote the value, and the others agreed.
 */
function podNameWrittenIn(managedFields: readonly Readonly<Record<string, unknown>>[]): number | undefined {
  const times = managedFields.filter(ownsPodName).map(({ time }) => Date.parse(String(time)))
  const written = times.filter((time) => !Number.isNaN(time))
  return written.length > 0 ? Math.min(...written) : undefined
}

function ownsPodName({ fieldsV1 }: Readonly<Record<string, unknown>>): boolean {
  const spec = (fieldsV1 as { readonly 'f:spec'?: unknown } | null | undefined)?.['f:spec']
  return typeof spec === 'object' && spec !== null && 'f:podName' in spec
}
