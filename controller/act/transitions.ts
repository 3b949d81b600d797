import type { BuildkitStatus } from '../observation.ts'
import { conditionIn } from '../observation.ts'
import { POD_MISSING, POD_STARTING, PODS_IGNORED, READY, STALLED } from '../reasons.ts'

/** What an Event says of a Buildkit. */
export interface Transition {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly note: string
}

/** What happened to a Buildkit between two of its statuses that a person wants to find in its Events. */
export function transitionsOf(before: BuildkitStatus, after: BuildkitStatus): readonly Transition[] {
  const stalled = begun(STALLED, before, after)
  const found = [endpointMoved(before, after), stalled ?? troubled(before, after), begun(PODS_IGNORED, before, after)]
  return found.filter((transition) => transition !== undefined)
}

function endpointMoved({ endpoint: old }: BuildkitStatus, after: BuildkitStatus): Transition | undefined {
  const { endpoint } = after
  if (endpoint === old) return undefined
  if (endpoint === undefined) {
    const note = `${old} withdrawn: ${conditionIn(after, READY)?.message}`
    return { type: 'Warning', reason: 'EndpointCleared', note }
  }
  if (old === undefined) return { type: 'Normal', reason: 'EndpointPublished', note: endpoint }
  return { type: 'Normal', reason: 'EndpointMoved', note: `from ${old} to ${endpoint}` }
}

/** A condition that is there only while it is true. */
function begun(type: string, before: BuildkitStatus, after: BuildkitStatus): Transition | undefined {
  const condition = conditionIn(after, type)
  if (!condition || conditionIn(before, type)?.reason === condition.reason) return undefined
  return { type: 'Warning', reason: condition.reason, note: condition.message ?? '' }
}

/** On its way up a builder is in no trouble; where an endpoint was cleared, that Event has said it. */
function troubled(before: BuildkitStatus, after: BuildkitStatus): Transition | undefined {
  const { status, reason = '', message: note = '' } = conditionIn(after, READY) ?? {}
  const isNews = status === 'False' && conditionIn(before, READY)?.reason !== reason
  if (!isNews || reason === POD_STARTING || reason === POD_MISSING) return undefined
  return before.endpoint !== undefined && after.endpoint === undefined ? undefined : { type: 'Warning', reason, note }
}
