import { isPodNameFor, labelValueOf } from '../../crds/names.ts'
import type { Buildkit, Observation } from '../observation.ts'
import type { Pod, Trouble } from '../observe/pod.ts'
import {
  NO_ADDRESS,
  NOT_RENDERED,
  POD_MISSING,
  POD_RENAMED,
  POD_STARTING,
  UNSCHEDULABLE,
  WAITING_FOR_TERMINATION,
} from '../reasons.ts'
import { momentOf } from './moment.ts'
import { podSinceOf } from './pod-since.ts'
import { currentPod, hasOwnName, isServing, servingPod } from './serving.ts'

/** How long a Pod may be on its way from the same `kubectl apply` as its Buildkit; until then nothing is wrong. */
const MISSING_MILLISECONDS = 5_000

/** Why the current Pod does not serve, in words that tell the next step; undefined where it does. */
export function troubleOf(observation: Observation, now: number): Trouble | undefined {
  const current = currentPod(observation)
  if (current && isServing(current)) return undefined
  const trouble = current ? troubleOfPod(current) : troubleWithoutPod(observation, now)
  const other = servingPod(observation)
  if (!other) return trouble
  // Schedulers and kubelets end what they say with a full stop.
  return { ...trouble, message: `${trouble.message.replace(/\.$/, '')}; ${meanwhile(trouble, other)}` }
}

/** When a Pod that is not there is missing, in milliseconds since 1970; infinite where none is wanted or it is there. */
export function missingAt(observation: Observation, now: number): number {
  const buildkit = observation.buildkit as Buildkit
  if (wasRenamed(buildkit)) return Number.POSITIVE_INFINITY
  const exists = currentPod(observation) ?? observation.foreignPod
  if (buildkit.podName === undefined || exists) return Number.POSITIVE_INFINITY
  return (buildkit.podNameSeen ?? podSinceOf(buildkit, now)) + MISSING_MILLISECONDS
}

function troubleWithoutPod(observation: Observation, now: number): Trouble {
  const { foreignPod, pods } = observation
  const buildkit = observation.buildkit as Buildkit
  const { podName } = buildkit
  if (podName === undefined) {
    const message =
      'this Buildkit was applied as it is in Git, without a Pod; render its package (kpt fn render, or render-buildkit build) and apply the result'
    return { reason: NOT_RENDERED, message }
  }
  if (foreignPod) return renamed(foreignPod)
  if (wasRenamed(buildkit)) return renamedItself(podName)
  if (now < missingAt(observation, now)) return starting(podName)
  const strays = pods.filter((pod) => !hasOwnName(pod)).sort((a, b) => (a.name < b.name ? -1 : 1))
  if (strays[0]) return renamed(strays[0])
  const message = `Pod "${podName}" does not exist; apply it from the package that this Buildkit was rendered in`
  return { reason: POD_MISSING, message }
}

function troubleOfPod(pod: Pod): Trouble {
  if (!hasOwnName(pod)) return renamed(pod)
  if (pod.deletionDeadline !== undefined) {
    const message = `Pod "${pod.name}" is being deleted, until ${momentOf(pod.deletionDeadline)} at the latest; its name is free for a new one then`
    return { reason: WAITING_FOR_TERMINATION, message }
  }
  if (pod.isReady) {
    const message = `Pod "${pod.name}" must have an IP address and a container "buildkit" with a port named "tcp"`
    return { reason: NO_ADDRESS, message }
  }
  return pod.trouble ? { ...pod.trouble, message: `Pod "${pod.name}": ${pod.trouble.message}` } : starting(pod.name)
}

// One text from creation to readiness: a builder that comes up costs two writes of its status.
function starting(podName: string): Trouble {
  return { reason: POD_STARTING, message: `waits for Pod "${podName}" to become ready` }
}

function renamed({ name, buildkit }: Pod): Trouble {
  const message = `Pod "${name}" was renamed after rendering, its label says Buildkit "${buildkit}"; let render-buildkit run last`
  return { reason: POD_RENAMED, message }
}

/** Whether the Buildkit has another name than the one that its Pod was rendered for. */
function wasRenamed({ name, podName }: Buildkit): boolean {
  return podName !== undefined && !isPodNameFor(labelValueOf(name), podName)
}

function renamedItself(podName: string): Trouble {
  const message = `this Buildkit was renamed after rendering, its \`spec.podName\` is still "${podName}"; let render-buildkit run last`
  return { reason: POD_RENAMED, message }
}

function meanwhile({ reason }: Trouble, { name, namespace }: Pod): string {
  return reason === UNSCHEDULABLE
    ? `Pod "${name}" still serves, and keeps its room: if both do not fit, run kubectl delete pod ${name} --namespace ${namespace}`
    : `Pod "${name}" serves meanwhile`
}
