import type { V1ContainerState, V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { boundedText } from '../kube/bounded-text.ts'
import { containersOf, type Trouble } from '../pod.ts'
import {
  CONTAINER_NOT_READY,
  CONTAINER_WAITING,
  CRASH_LOOP_BACK_OFF,
  EVICTED,
  IMAGE_PULL_BACK_OFF,
  OOM_KILLED,
  POD_FAILED,
  POD_SUCCEEDED,
  UNSCHEDULABLE,
} from '../reasons.ts'

/** A Pod as it comes over the wire, where times are texts. */
export type PodObject = Omit<V1Pod, 'metadata'> & { readonly metadata: Metadata }

export type Metadata = Omit<NonNullable<V1Pod['metadata']>, 'creationTimestamp' | 'deletionTimestamp'> & {
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
}

type Terminated = NonNullable<V1ContainerState['terminated']>
type Waiting = NonNullable<V1ContainerState['waiting']>

/** Of a container that is about to start for the first time. */
const STARTING = ['ContainerCreating', 'PodInitializing']
/** A kubelet says the same in turns as one of the first three, and with a preface as the last one (`pkg/kubelet/images`). */
const IMAGE_PULL = ['ErrImagePull', 'RegistryUnavailable', 'SignatureValidationFailed', 'ImagePullBackOff']

/**
 * Why a Pod that is not ready is not, as its scheduler and kubelet report it; undefined while it is on its way up. What they repeat
 * with other figures at each try (back-off times, restarts) is left out, or every try would be a write of the status.
 */
export function podTrouble(pod: PodObject): Trouble | undefined {
  const trouble = endOfPod(pod) ?? unscheduled(pod) ?? lostReadiness(pod) ?? containerTrouble(pod)
  return trouble && { ...trouble, message: boundedText(trouble.message) }
}

/** Why a Pod that is ready may not be for long: a container that has ended before, in the words for one that is not ready. */
export function crashTrouble({ spec, status }: PodObject): Trouble | undefined {
  const crashed = status?.containerStatuses?.find(({ lastState }) => lastState?.terminated)
  const trouble = crashed && crashOfContainer(crashed, spec?.restartPolicy)
  return trouble && { ...trouble, message: boundedText(trouble.message) }
}

function endOfPod({ status = {} }: PodObject): Trouble | undefined {
  const { phase, reason, message } = status
  if (phase === 'Succeeded') return { reason: POD_SUCCEEDED, message: 'ended with exit code 0' }
  if (phase !== 'Failed') return undefined
  if (reason === 'Evicted') return { reason: EVICTED, message: message ? `evicted: ${message}` : 'evicted' }
  if (reason) return { reason: POD_FAILED, message: message ? `${reason}: ${message}` : reason }
  const ended = containersOf(status).find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0)
  if (!ended?.state?.terminated) return { reason: POD_FAILED, message: message ?? 'failed' }
  return endOfContainer(ended.name, ended.state.terminated, POD_FAILED)
}

function unscheduled({ status }: PodObject): Trouble | undefined {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (scheduled?.status !== 'False') return undefined
  return { reason: UNSCHEDULABLE, message: scheduled.message ?? 'cannot be scheduled' }
}

function containerTrouble({ spec, status }: PodObject): Trouble | undefined {
  for (const container of containersOf(status ?? {}).filter(({ ready }) => !ready)) {
    const trouble = crashOfContainer(container, spec?.restartPolicy) ?? waitingTrouble(container)
    if (trouble) return trouble
  }
  return undefined
}

// A container that has ended before is in a crash loop whether or not it runs between two crashes just now.
function crashOfContainer(
  { name, state, lastState }: V1ContainerStatus,
  restartPolicy = 'Always',
): Trouble | undefined {
  const terminated = state?.terminated ?? lastState?.terminated
  if (!terminated || IMAGE_PULL.includes(state?.waiting?.reason ?? '')) return undefined
  const isFinal = restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && terminated.exitCode === 0)
  if (isFinal) return endOfContainer(name, terminated, POD_FAILED)
  const { reason, message } = endOfContainer(name, terminated, CRASH_LOOP_BACK_OFF)
  return { reason, message: `${message}, and is started again` }
}

function waitingTrouble({ state }: V1ContainerStatus): Trouble | undefined {
  const { waiting } = state ?? {}
  if (!waiting?.reason || STARTING.includes(waiting.reason)) return undefined
  if (IMAGE_PULL.includes(waiting.reason)) return imagePull(waiting)
  return { reason: CONTAINER_WAITING, message: [waiting.reason, waiting.message].filter(Boolean).join(': ') }
}

function imagePull({ message = '' }: Waiting): Trouble {
  const cause = message.replace(/^Back-off pulling image "[^"]*"(: \w+)?(: )?/, '')
  return { reason: IMAGE_PULL_BACK_OFF, message: cause ? `cannot pull its image: ${cause}` : 'cannot pull its image' }
}

function endOfContainer(name: string, { exitCode, reason, message }: Terminated, otherwise: string): Trouble {
  const why = reason && reason !== 'Error' ? ` (${reason})` : ''
  const words = message ? `: ${message.trim()}` : ''
  const text = `container "${name}" ended with exit code ${exitCode}${why}${words}`
  return { reason: reason === 'OOMKilled' ? OOM_KILLED : otherwise, message: text }
}

/** Only of containers that run and were ready since they started; one that never was is still on its way up. */
function lostReadiness({ status }: PodObject): Trouble | undefined {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  const since = String(ready?.lastTransitionTime ?? '')
  const wereReady = status?.containerStatuses?.every(
    ({ state }) => state?.running && String(state.running.startedAt) < since,
  )
  if (status?.phase !== 'Running' || ready?.status !== 'False' || !wereReady) return undefined
  return { reason: CONTAINER_NOT_READY, message: ready.message ?? 'its node no longer reports that it is ready' }
}
