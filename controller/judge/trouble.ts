import { isPodNameFor, labelValueOf } from '../../crds/names.ts'
import { momentOf, type Now, steadyOf } from '../kube/now.ts'
import type { Buildkit, Observation } from '../observation.ts'
import type { Pod, Trouble } from '../pod.ts'
import {
  NO_ADDRESS,
  NOT_RENDERED,
  POD_MISSING,
  POD_OWNED_BY_ANOTHER,
  POD_RENAMED,
  POD_STARTING,
  UNSCHEDULABLE,
  WAITING_FOR_TERMINATION,
} from '../reasons.ts'
import type { Judged } from './judged.ts'
import { podSinceOf } from './pod-since.ts'
import { currentPod, hasOwnName, isServing, servingPod } from './serving.ts'

/** How long a Pod may be on its way from the same `kubectl apply` as its Buildkit; until then nothing is wrong. */
const MISSING_MILLISECONDS = 5_000

/** Why the current Pod does not serve, in words that tell the next step; undefined where it does. */
export function troubleOf(observation: Judged, now: Now): Trouble | undefined {
  const current = currentPod(observation)
  if (current && isServing(current, observation)) return undefined
  const trouble = current ? troubleOfPod(current, observation) : troubleWithoutPod(observation, now)
  const other = servingPod(observation)
  if (!other) return trouble
  // Schedulers and kubelets end what they say with a full stop.
  return { ...trouble, message: `${trouble.message.replace(/\.$/, '')}; ${meanwhile(trouble, other)}` }
}

/** When a Pod that is not there is missing, by the steady clock; infinite where none is wanted or it is there. */
export function missingAt(observation: Judged, now: Now): number {
  const buildkit = observation.buildkit as Buildkit
  if (wasRenamed(buildkit)) return Number.POSITIVE_INFINITY
  const exists = currentPod(observation) ?? observation.foreignPod ?? strangerNamed(observation)
  if (buildkit.podName === undefined || exists) return Number.POSITIVE_INFINITY
  return (buildkit.podNameSeen ?? steadyOf(podSinceOf(buildkit, now), now)) + MISSING_MILLISECONDS
}

function troubleWithoutPod(observation: Judged, now: Now): Trouble {
  const { foreignPod, pods, rivals } = observation
  const buildkit = observation.buildkit as Buildkit
  const { podName } = buildkit
  if (podName === undefined) {
    const message =
      'this Buildkit was applied as it is in Git, without a Pod; render its package (kpt fn render, or render-buildkit build) and apply the result'
    return { reason: NOT_RENDERED, message }
  }
  const stranger = strangerNamed(observation)
  if (stranger) return ownedByAnother(stranger)
  if (foreignPod) return ofAnotherBuildkit(foreignPod, rivals)
  if (wasRenamed(buildkit)) return renamedItself(podName, rivals)
  if (now.steady < missingAt(observation, now)) return starting(podName)
  const strays = pods.filter((pod) => !hasOwnName(pod, observation)).sort((a, b) => (a.name < b.name ? -1 : 1))
  return strays[0] ? renamed(strays[0]) : missing(podName)
}

/** A Pod that is refused leaves no trace in the cluster: only whoever applies it is told. */
function missing(podName: string): Trouble {
  const message = `Pod "${podName}" does not exist: it was deleted, its package was not applied, or a ResourceQuota, an admission policy or Pod Security refused it; run \`kubectl apply --dry-run=server --filename=-\` on the rendered package to see which`
  return { reason: POD_MISSING, message }
}

function troubleOfPod(pod: Pod, observation: Observation): Trouble {
  if (!hasOwnName(pod, observation)) return renamed(pod)
  if (pod.deletionDeadline !== undefined) {
    const message = `Pod "${pod.name}" is terminating and will be gone by ${momentOf(pod.deletionDeadline)}; a new Pod can then take its name`
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
  return { reason: POD_STARTING, message: `waiting for Pod "${podName}" to become ready` }
}

function renamed({ name, buildkit }: Pod): Trouble {
  const message = `Pod "${name}" was renamed after rendering; its label says Buildkit "${buildkit}"; let render-buildkit run last`
  return { reason: POD_RENAMED, message }
}

/** The Pod of another controller that has the name of the current one. */
function strangerNamed({ strangers, buildkit }: Judged): Pod | undefined {
  return strangers.find(({ name }) => name === buildkit?.podName)
}

function ownedByAnother({ name, controller }: Pod): Trouble {
  const message = `Pod "${name}" belongs to ${controller?.kind} "${controller?.name}"; delete it, and apply the one of that name from the package that this Buildkit was rendered in`
  return { reason: POD_OWNED_BY_ANOTHER, message }
}

function ofAnotherBuildkit({ name, buildkit }: Pod, rivals: readonly string[] = []): Trouble {
  const alike = rivals.includes(buildkit) ? ', which names it, too' : ''
  const message = `Pod "${name}" has the label of Buildkit "${buildkit}"${alike}; \`spec.podName\` was copied, or the Pod was renamed after rendering: let render-buildkit run last`
  return { reason: POD_RENAMED, message }
}

/** Whether the Buildkit has another name than the one that its Pod was rendered for. */
function wasRenamed({ name, podName }: Buildkit): boolean {
  return podName !== undefined && !isPodNameFor(labelValueOf(name), podName)
}

function renamedItself(podName: string, [rival]: readonly string[] = []): Trouble {
  const alike = rival === undefined ? '' : `, which Buildkit "${rival}" names, too`
  const message = `this Buildkit was renamed after rendering; its \`spec.podName\` is still "${podName}"${alike}; let render-buildkit run last`
  return { reason: POD_RENAMED, message }
}

function meanwhile({ reason }: Trouble, { name, namespace }: Pod): string {
  return reason === UNSCHEDULABLE
    ? `Pod "${name}" still serves, and keeps its room: if both do not fit, run kubectl delete pod ${name} --namespace ${namespace}`
    : `Pod "${name}" serves meanwhile`
}
