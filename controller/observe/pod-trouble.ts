import type { V1ContainerState, V1ContainerStatus, V1Pod } from '@kubernetes/client-node'
import { TLS_SERVER_NAME_ANNOTATION } from '../../crds/names.ts'
import { boundedText } from '../kube/bounded-text.ts'
import { containersOf, type Trouble, wasSteady } from '../pod.ts'
import {
  CONTAINER_NOT_READY,
  CONTAINER_RESTARTING,
  CONTAINER_WAITING,
  CRASH_LOOP_BACK_OFF,
  EVICTED,
  IMAGE_PULL_BACK_OFF,
  OOM_KILLED,
  POD_FAILED,
  POD_SUCCEEDED,
  UNSCHEDULABLE,
} from '../reasons.ts'

/** A Pod as the API server sends it, with times as texts. */
export type PodObject = Omit<V1Pod, 'metadata'> & { readonly metadata: Metadata }

export type Metadata = Omit<NonNullable<V1Pod['metadata']>, 'creationTimestamp' | 'deletionTimestamp'> & {
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
}

type Terminated = NonNullable<V1ContainerState['terminated']>
type Waiting = NonNullable<V1ContainerState['waiting']>

/** Reasons of a container that is about to start for the first time. */
const STARTING = ['ContainerCreating', 'PodInitializing']
/** For one cause the kubelet alternates between one of the first three and the last, which has a prefix (`pkg/kubelet/images`). */
const IMAGE_PULL = ['ErrImagePull', 'RegistryUnavailable', 'SignatureValidationFailed', 'ImagePullBackOff']

/**
 * Why a Pod is not ready, as its scheduler and kubelet report it; undefined while it is starting. Figures that change at each try
 * (backoff times, restarts) are left out: each would cost a write of the status.
 */
export function podTrouble(pod: PodObject): Trouble | undefined {
  const trouble = endOfPod(pod) ?? unscheduled(pod) ?? lostReadiness(pod) ?? containerTrouble(pod)
  return trouble && { ...trouble, message: boundedText(trouble.message) }
}

/** Why a ready Pod may not stay ready: a container that has ended before, with the same message as when it is not ready. */
export function crashTrouble(pod: PodObject): Trouble | undefined {
  const crashed = pod.status?.containerStatuses?.find(({ lastState }) => lastState?.terminated)
  const trouble = crashed && crashOfContainer(crashed, pod)
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

function containerTrouble(pod: PodObject): Trouble | undefined {
  for (const container of containersOf(pod.status ?? {}).filter(({ ready }) => !ready)) {
    const trouble = crashOfContainer(container, pod) ?? waitingTrouble(container)
    if (trouble) return trouble
  }
  return undefined
}

// A container that has ended soon before crash-loops, also while it runs between two crashes.
function crashOfContainer({ name, state, lastState }: V1ContainerStatus, pod: PodObject): Trouble | undefined {
  const restartPolicy = pod.spec?.restartPolicy ?? 'Always'
  const terminated = state?.terminated ?? lastState?.terminated
  if (!terminated || IMAGE_PULL.includes(state?.waiting?.reason ?? '')) return undefined
  const isFinal = restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && terminated.exitCode === 0)
  if (isFinal) return endOfContainer(name, terminated, POD_FAILED)
  const isPlainRestart = wasSteady(terminated) || terminated.exitCode === 0
  const { reason, message } = endOfContainer(
    name,
    terminated,
    isPlainRestart ? CONTAINER_RESTARTING : CRASH_LOOP_BACK_OFF,
  )
  return {
    reason,
    message: `${message}; the kubelet restarts it${reason === CONTAINER_RESTARTING ? renewalOf(pod) : ''}`,
  }
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

/** Only for containers that run and were ready since they started; one that never was ready is still starting. */
function lostReadiness(pod: PodObject): Trouble | undefined {
  const { status } = pod
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  const since = String(ready?.lastTransitionTime ?? '')
  const wereReady = status?.containerStatuses?.every(
    ({ state }) => state?.running && String(state.running.startedAt) < since,
  )
  if (status?.phase !== 'Running' || ready?.status !== 'False' || !wereReady) return undefined
  const message = ready.message ? `${ready.message}${renewalOf(pod)}` : 'its node no longer reports that it is ready'
  return { reason: CONTAINER_NOT_READY, message }
}

/** What else may be the cause: nothing in a Pod shows whether its certificate was renewed. */
function renewalOf({ metadata }: PodObject): string {
  const hasTls = metadata.annotations?.[TLS_SERVER_NAME_ANNOTATION] !== undefined
  return hasTls ? '; a builder with TLS also drains and restarts when its certificate was renewed' : ''
}
