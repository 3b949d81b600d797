import { type BuildkitStatus, conditionIn } from '../observation.ts'
import {
  POD_MISSING,
  POD_STARTING,
  PODS_IGNORED,
  READY,
  STALLED,
  WAITING_FOR_HANDOVER,
  WAITING_FOR_VOLUMES,
} from '../reasons.ts'

/** The content of an Event about a Buildkit. */
export interface Transition {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly note: string
}

/** The changes between two statuses of a Buildkit that are worth an Event. */
export function transitionsOf(before: BuildkitStatus, after: BuildkitStatus): readonly Transition[] {
  const stalled = begun(STALLED, before, after)
  const found = [endpointMoved(before, after), stalled ?? troubled(before, after), begun(PODS_IGNORED, before, after)]
  return found.filter((transition) => transition !== undefined)
}

function endpointMoved(before: BuildkitStatus, after: BuildkitStatus): Transition | undefined {
  const [old, endpoint] = [before, after].map(described)
  if (endpoint === old) return undefined
  if (endpoint === undefined) {
    const { reason, message } = conditionIn(after, READY) ?? {}
    const type = reason === WAITING_FOR_HANDOVER ? 'Normal' : 'Warning'
    return { type, reason: 'EndpointCleared', note: `endpoint ${old} was cleared: ${message}` }
  }
  if (old === undefined)
    return { type: 'Normal', reason: 'EndpointPublished', note: `endpoint ${endpoint} is published` }
  return { type: 'Normal', reason: 'EndpointMoved', note: `endpoint moved from ${old} to ${endpoint}` }
}

/** The endpoint, with the name by which clients verify it. */
function described({ endpoint, tlsServerName }: BuildkitStatus): string | undefined {
  return endpoint === undefined || tlsServerName === undefined ? endpoint : `${endpoint} (TLS, ${tlsServerName})`
}

/** A condition that is present only while it is true. */
function begun(type: string, before: BuildkitStatus, after: BuildkitStatus): Transition | undefined {
  const condition = conditionIn(after, type)
  if (!condition || conditionIn(before, type)?.reason === condition.reason) return undefined
  return { type: 'Warning', reason: condition.reason, note: condition.message ?? '' }
}

/** Reasons of a builder that has no trouble, or whose trouble the kubelet reports in Events of the Pod. */
const NO_NEWS = [POD_STARTING, POD_MISSING, WAITING_FOR_HANDOVER, WAITING_FOR_VOLUMES]

/** A starting builder has no trouble, and the Event of a cleared endpoint already has the reason. */
function troubled(before: BuildkitStatus, after: BuildkitStatus): Transition | undefined {
  const { status, reason = '', message: note = '' } = conditionIn(after, READY) ?? {}
  const isNews = status === 'False' && conditionIn(before, READY)?.reason !== reason
  if (!isNews || NO_NEWS.includes(reason)) return undefined
  return before.endpoint !== undefined && after.endpoint === undefined ? undefined : { type: 'Warning', reason, note }
}
