import { BUILDKIT_LABEL, isPodNameFor } from '../crds/names.ts'
import { type Finding, fieldFinding, objectFinding } from './finding.ts'
import type { Plan, Wanted } from './plan.ts'

const NEXT_STEP = 'render the package again'

/** What `check` finds: an error for each Buildkit and Pod that rendering would change. */
export function outOfDate({ wanted, stale }: Plan): Finding[] {
  return [...wanted.flatMap(buildkitResults), ...stale.map(staleResult)]
}

function staleResult({ item, value: { metadata } }: Plan['stale'][number]): Finding {
  const label = String(metadata.labels?.[BUILDKIT_LABEL])
  const isRenamed = !isPodNameFor(label, String(metadata.name))
  const message = isRenamed
    ? `must keep the name that it was rendered with for Buildkit "${label}"; render in the outermost layer, after names are changed`
    : `must not be here: no Buildkit "${label}" in this namespace claims this Pod; ${NEXT_STEP}`
  return fieldFinding('error', item, { path: ['metadata', 'name'], message, currentValue: metadata.name })
}

function buildkitResults(one: Wanted): Finding[] {
  const { builder, pod } = one
  const { item, value } = builder.buildkit
  const { podName } = value.spec
  const got = podName === undefined ? 'nothing' : `"${podName}"`
  const message = `must be "${pod.name}", got ${got}; ${NEXT_STEP}`
  const field = { path: ['spec', 'podName'], message, currentValue: podName, proposedValue: pod.name }
  return [...(podName === pod.name ? [] : [fieldFinding('error', item, field)]), ...podResults(one)]
}

function podResults({ builder, pod, existing, isUpToDate }: Wanted): Finding[] {
  if (isUpToDate) return []
  if (!existing)
    return [
      objectFinding(
        'error',
        builder.buildkit.item,
        `must have a Pod "${pod.name}" beside it, which is missing; ${NEXT_STEP}`,
      ),
    ]
  const { name } = existing.value.metadata
  if (name === pod.name) {
    return [
      objectFinding(
        'error',
        existing.item,
        `must be as it was rendered, but was changed by hand or by a later function; ${NEXT_STEP}`,
      ),
    ]
  }
  const message = `must be "${pod.name}", got "${name}": its template or Buildkit has changed, or it was renamed after rendering; ${NEXT_STEP}`
  return [
    fieldFinding('error', existing.item, {
      path: ['metadata', 'name'],
      message,
      currentValue: name,
      proposedValue: pod.name,
    }),
  ]
}
