import type { Buildkit as BuildkitObject } from '../../crds/buildkit.ts'
import type { Buildkit } from '../observation.ts'

/** What is kept of a Buildkit that the API server sent. */
export function toBuildkit(object: unknown): Buildkit {
  const { metadata, spec, status } = object as BuildkitObject
  const { name, namespace = '', uid = '', resourceVersion = '', generation = 0 } = metadata
  const written = podNameWritten(metadata.managedFields ?? [])
  return {
    namespace,
    name,
    uid,
    resourceVersion,
    generation,
    ...(spec?.podName && { podName: spec.podName }),
    ...(written !== undefined && { podNameWritten: written }),
    status: status ?? {},
  }
}

/**
 * When `spec.podName` was last written, in milliseconds: an entry of `managedFields` has the time when its owner last changed one of
 * its fields (KEP-555). Of several owners the first one wrote the value, and the others agreed.
 */
function podNameWritten(managedFields: readonly Readonly<Record<string, unknown>>[]): number | undefined {
  const times = managedFields.filter(ownsPodName).flatMap(({ time }) => (typeof time === 'string' ? [time] : []))
  return times.length > 0 ? Math.min(...times.map((time) => Date.parse(time))) : undefined
}

function ownsPodName({ fieldsV1 }: Readonly<Record<string, unknown>>): boolean {
  const spec = (fieldsV1 as { readonly 'f:spec'?: object } | undefined)?.['f:spec']
  return spec !== undefined && 'f:podName' in spec
}
