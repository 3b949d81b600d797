import { isDeepStrictEqual } from 'node:util'
import { REPLICAS_MAX } from '../../crds/names.ts'
import { momentOf } from '../kube/now.ts'
import { type BuildkitStatus, type Condition, type Endpoint, type Failures, OUR_CONDITIONS } from '../observation.ts'
import { isServerName } from './server-name.ts'

/** During a roll each replica has two Pods; nobody reads a longer list. */
export const REFS_MAX = 2 * REPLICAS_MAX
/** A higher count adds nothing, and the next value after the largest that the API accepts would be refused. */
const COUNT_MAX = 1_000_000

/** A status as any program may have written it: each field may have any value. */
type Raw<T> = { readonly [Field in keyof T]?: unknown }

const ENDPOINT_LENGTH_MAX = 512
const NAME_LENGTH_MAX = 253
/** RFC 3339 has years of four digits; with an offset a text can be outside of them. */
const [FIRST_MOMENT, LAST_MOMENT] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59Z')]
/** For all conditions that others have set, as JSON: they stay in memory for every Buildkit. */
const OTHERS_LENGTH_MAX = 16_384

/**
 * The parts of a written status that the controller can use, each as the controller itself writes it. The controller owns the status:
 * what it cannot use counts as absent, and `isForeign` states that the status contains something else.
 */
export function toStatus(written: unknown): { readonly status: BuildkitStatus; readonly isForeign: boolean } {
  const raw = mappingOf<BuildkitStatus>(written)
  const { observedGeneration, conditions, endpoint, tlsServerName, endpoints } = raw
  const { readyReplicas, resourceRefs, podName, podNames, podSince, failures } = raw
  const status: BuildkitStatus = {
    ...(Number.isSafeInteger(observedGeneration) && { observedGeneration: observedGeneration as number }),
    ...(Array.isArray(conditions) && { conditions: usableConditions(conditions) }),
    ...(isText(endpoint, ENDPOINT_LENGTH_MAX) && { endpoint }),
    ...(isServerName(tlsServerName) && { tlsServerName }),
    ...(Array.isArray(endpoints) && { endpoints: endpoints.flatMap(usableEndpoint).slice(0, REFS_MAX) }),
    ...(Number.isSafeInteger(readyReplicas) && { readyReplicas: readyReplicas as number }),
    ...(Array.isArray(resourceRefs) && { resourceRefs: resourceRefs.filter(isRef).slice(0, REFS_MAX) }),
    ...(isName(podName) && { podName }),
    ...(Array.isArray(podNames) && { podNames: podNames.filter(isName).slice(0, REPLICAS_MAX) }),
    ...moment('podSince', podSince),
    ...(Array.isArray(failures) && { failures: failures.flatMap(usableFailures).slice(0, REPLICAS_MAX) }),
  }
  return { status, isForeign: !isDeepStrictEqual(status, written ?? {}) }
}

function usableConditions(conditions: readonly unknown[]): Condition[] {
  let room = OTHERS_LENGTH_MAX
  return conditions.filter(isCondition).flatMap((condition) => {
    if (OUR_CONDITIONS.includes(condition.type)) {
      const { lastTransitionTime } = moment('lastTransitionTime', condition.lastTransitionTime)
      return lastTransitionTime === undefined ? [] : [{ ...condition, lastTransitionTime }]
    }
    room -= JSON.stringify(condition).length
    return room < 0 ? [] : [condition]
  })
}

function isCondition(written: unknown): written is Condition {
  const {
    type,
    status,
    reason,
    lastTransitionTime,
    message = '',
    observedGeneration = 0,
  } = mappingOf<Condition>(written)
  // A larger one would change in transit: JSON numbers become JavaScript numbers here.
  if (!Number.isSafeInteger(observedGeneration)) return false
  return [type, status, reason, lastTransitionTime, message].every((field) => isText(field, OTHERS_LENGTH_MAX))
}

function isRef(written: unknown): written is NonNullable<BuildkitStatus['resourceRefs']>[number] {
  const { group, version, kind, name, namespace } =
    mappingOf<NonNullable<BuildkitStatus['resourceRefs']>[number]>(written)
  const isPod = group === '' && version === 'v1' && kind === 'Pod'
  return isPod && isName(name) && isName(namespace)
}

function usableEndpoint(written: unknown): readonly Endpoint[] {
  const { podName, replica, nodeName, address, tlsServerName } = mappingOf<Endpoint>(written)
  if (!(isName(podName) && isText(address, ENDPOINT_LENGTH_MAX))) return []
  return [
    {
      podName,
      ...(Number.isSafeInteger(replica) && { replica: replica as number }),
      ...(isName(nodeName) && { nodeName }),
      address,
      ...(isServerName(tlsServerName) && { tlsServerName }),
    },
  ]
}

function usableFailures(written: unknown): readonly Failures[] {
  const { podName, count, lastTime } = mappingOf<Failures>(written)
  const time = moment('lastTime', lastTime)
  if (!(isName(podName) && Number.isSafeInteger(count) && time.lastTime !== undefined)) return []
  return [{ podName, count: clampedCount(count as number), lastTime: time.lastTime }]
}

/** The field with the time as `metav1.Time` has it; empty if it is not a time. The API server accepts dates that do not exist. */
function moment<Field extends string>(field: Field, written: unknown): { readonly [F in Field]?: string } {
  const time = isText(written, NAME_LENGTH_MAX) ? Date.parse(written) : Number.NaN
  const isWritable = time >= FIRST_MOMENT && time <= LAST_MOMENT
  return isWritable ? ({ [field]: momentOf(time) } as { readonly [F in Field]: string }) : {}
}

function isName(written: unknown): written is string {
  return isText(written, NAME_LENGTH_MAX)
}

function isText(written: unknown, lengthMax: number): written is string {
  return typeof written === 'string' && written.length <= lengthMax
}

function mappingOf<T>(written: unknown): Raw<T> {
  return typeof written === 'object' && written !== null ? written : {}
}

/** A count that can be written and incremented. */
export function clampedCount(count: number): number {
  return Math.min(Math.max(count, 1), COUNT_MAX)
}
