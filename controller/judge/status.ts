import { momentOf, type Now } from '../kube/now.ts'
import type { Buildkit, BuildkitStatus } from '../observation.ts'
import type { Pod, Trouble } from '../pod.ts'
import {
  AVAILABLE,
  DEPLOYED,
  KEEPS_FAILING,
  NOT_RENDERED,
  POD_OWNED_BY_ANOTHER,
  POD_READY,
  POD_RENAMED,
  READY,
  RECONCILING,
  STALLED,
} from '../reasons.ts'
import { conditionsOf, type Wanted } from './conditions.ts'
import { type Failures, keepsFailing } from './failures.ts'
import { isHandoverOverdue } from './handover.ts'
import { ignored } from './ignored.ts'
import type { Judged } from './judged.ts'
import { podSinceOf } from './pod-since.ts'
import { resourceRefsOf } from './resource-refs.ts'
import { endpointOf, servingPod } from './serving.ts'
import { isSuspended, suspended } from './suspended.ts'
import { troubleOf } from './trouble.ts'

/** Reasons that need manual action. */
const NEEDS_A_PERSON = [NOT_RENDERED, POD_RENAMED, POD_OWNED_BY_ANOTHER]

/**
 * The status of an observed Buildkit, as kstatus (`sigs.k8s.io/cli-utils/pkg/kstatus`) and `kubectl wait` read it: Ready describes the
 * Pod that `spec.podName` names, Deployed any Pod that serves. `withRefusal` adds the condition of a refused deletion.
 * Invariant: status is a function of (observation, now)
 */
export function statusOf(observation: Judged, failures: Failures | undefined, now: Now): BuildkitStatus {
  const buildkit = observation.buildkit as Buildkit
  const { podName } = buildkit
  const serving = servingPod(observation)
  const trouble = troubleOf(observation, now)
  const stalled = trouble && isHandoverOverdue(observation, now) ? trouble : stalledBy(buildkit, trouble, failures)
  const wanted: readonly Wanted[] = [
    trouble
      ? { type: READY, status: 'False', ...trouble }
      : { type: READY, status: 'True', reason: POD_READY, message: `Pod "${podName}" is ready` },
    deployed(serving, trouble),
    trouble && !stalled ? { type: RECONCILING, status: 'True', ...trouble } : undefined,
    stalled && { type: STALLED, status: 'True', ...stalled },
    ignored(observation),
    suspended(buildkit),
  ]
  return {
    observedGeneration: buildkit.generation,
    conditions: [...conditionsOf(buildkit, wanted, now)],
    ...endpointOf(serving),
    resourceRefs: resourceRefsOf(observation),
    ...(podName !== undefined && { podName, podSince: momentOf(podSinceOf(buildkit, now)) }),
    ...(failures && { failures: failures }),
  }
}

function deployed(serving: Pod | undefined, trouble: Trouble | undefined): Wanted {
  if (serving) return { type: DEPLOYED, status: 'True', reason: AVAILABLE, message: `Pod "${serving.name}" serves` }
  return trouble && { type: DEPLOYED, status: 'False', ...trouble }
}

function stalledBy(
  buildkit: Buildkit,
  trouble: Trouble | undefined,
  failures: Failures | undefined,
): Trouble | undefined {
  if (trouble && NEEDS_A_PERSON.includes(trouble.reason)) return trouble
  if (!trouble || !keepsFailing(failures)) return undefined
  const next = isSuspended(buildkit)
    ? 'the controller does not delete it while the Buildkit is suspended'
    : 'the controller deletes it five minutes after each end so that it can be created again'
  const ended = `Pod "${failures.podName}" has ended ${failures.count} times without being ready for ten minutes in between`
  return { reason: KEEPS_FAILING, message: `${ended}; ${next}` }
}
