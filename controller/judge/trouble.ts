import { isPodNameFor, labelValueOf } from '../../crds/names.ts'
import { momentOf, type Now } from '../kube/now.ts'
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
import { handoverTrouble } from './handover.ts'
import { podNamesSeenOf } from './pod-since.ts'
import { currentPod, hasOwnName, isServing, servingPod } from './serving.ts'
import type { Slot } from './slot.ts'
import { volumesTrouble } from './volumes.ts'

/** How long a Pod may arrive after its Buildkit from the same `kubectl apply`; until then nothing is wrong. */
const MISSING_MILLISECONDS = 5_000

/** Why the current Pod of a replica does not serve, and what to do; undefined if it serves. */
export function troubleOf(slot: Slot, now: Now): Trouble | undefined {
  const current = currentPod(slot)
  if (current && isServing(current, slot)) return undefined
  const trouble = current
    ? (handoverTrouble(slot, now) ?? troubleOfPod(current, slot, now))
    : troubleWithoutPod(slot, now)
  const other = servingPod(slot)
  if (!other) return trouble
  return { ...trouble, message: `${withoutFullStop(trouble)}; ${meanwhile(trouble, other)}` }
}

/** A message that another part follows: those of schedulers and kubelets end with a full stop. */
export function withoutFullStop({ message }: Trouble): string {
  return message.replace(/\.$/, '')
}

/** When an absent Pod counts as missing, by the steady clock; infinite if no Pod is named or it exists. */
export function missingAt(slot: Slot, now: Now): number {
  const exists = currentPod(slot) ?? foreignPodOf(slot) ?? strangerNamed(slot)
  if (slot.podName === undefined || exists || wasRenamed(slot)) return Number.POSITIVE_INFINITY
  return podNamesSeenOf(slot.buildkit, now) + MISSING_MILLISECONDS
}

function troubleWithoutPod(slot: Slot, now: Now): Trouble {
  const { podName, pods, rivals } = slot
  if (podName === undefined) {
    const message =
      'this Buildkit was applied without rendering; render its package (`kpt fn render` or `render-buildkit build`) and apply the result'
    return { reason: NOT_RENDERED, message }
  }
  const stranger = strangerNamed(slot)
  if (stranger) return ownedByAnother(stranger)
  const foreignPod = foreignPodOf(slot)
  if (foreignPod) return ofAnotherBuildkit(foreignPod, rivals)
  if (wasRenamed(slot)) return renamedItself(podName, rivals)
  if (now.steady < missingAt(slot, now)) return starting(podName)
  const strays = pods.filter((pod) => !hasOwnName(pod, slot)).sort((a, b) => (a.name < b.name ? -1 : 1))
  return strays[0] ? renamed(strays[0]) : missing(podName)
}

/** A rejected Pod leaves no trace in the cluster: only the client that applies it sees the error. */
function missing(podName: string): Trouble {
  const message = `Pod "${podName}" does not exist: it was deleted, its package was not applied, or a ResourceQuota, an admission policy or Pod Security refused it; run \`kubectl apply --dry-run=server --filename=-\` on the rendered package to see which`
  return { reason: POD_MISSING, message }
}

function troubleOfPod(pod: Pod, slot: Slot, now: Now): Trouble {
  if (!hasOwnName(pod, slot)) return renamed(pod)
  if (pod.deletionDeadline !== undefined) {
    const message = `Pod "${pod.name}" is terminating and will be gone by ${momentOf(pod.deletionDeadline)}; a new Pod can then take its name`
    return { reason: WAITING_FOR_TERMINATION, message }
  }
  if (pod.isReady) {
    const message = `Pod "${pod.name}" must have an IP address and a container "buildkit" with a port named "tcp"`
    return { reason: NO_ADDRESS, message }
  }
  const rivalry = rivalryOf(pod, slot)
  if (rivalry) return rivalry
  if (pod.trouble) return { ...pod.trouble, message: `Pod "${pod.name}": ${pod.trouble.message}` }
  return volumesTrouble(pod, now) ?? starting(pod.name)
}

/** Why a Pod that can only follow does not start: nobody knows whose the Pods are that it waits for. */
function rivalryOf(pod: Pod, { rivals: [rival] = [], pods }: Slot): Trouble | undefined {
  const stays = (one: Pod) => one.finished === undefined && one.deletionDeadline === undefined && !one.isRetiredByEngine
  const [other] = pods.filter((one) => one !== pod && stays(one)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (!(pod.mustFollow && rival !== undefined && other)) return undefined
  const message = `Pod "${pod.name}" waits for Pod "${other.name}" to end, which stays because Buildkit "${rival}" also names "${pod.name}"; remove the copied \`spec.podName\` from that Buildkit, or run render-buildkit last`
  return { reason: POD_RENAMED, message }
}

// One text from creation to readiness: a new builder costs two writes of its status.
function starting(podName: string): Trouble {
  return { reason: POD_STARTING, message: `Pod "${podName}" is not ready yet` }
}

function renamed({ name, buildkit }: Pod): Trouble {
  const message = `Pod "${name}" was renamed after rendering; its label names Buildkit "${buildkit}"; run render-buildkit last`
  return { reason: POD_RENAMED, message }
}

/** The Pod of another controller that has the name of the current Pod. */
function strangerNamed({ strangers, podName }: Slot): Pod | undefined {
  return strangers.find(({ name }) => name === podName)
}

/** The Pod of another Buildkit that has it. */
function foreignPodOf({ foreignPods, podName }: Slot): Pod | undefined {
  return foreignPods?.find(({ name }) => name === podName)
}

function ownedByAnother({ name, controller }: Pod): Trouble {
  const message = `Pod "${name}" belongs to ${controller?.kind} "${controller?.name}"; delete it, and apply the rendered package of this Buildkit, which has a Pod of that name`
  return { reason: POD_OWNED_BY_ANOTHER, message }
}

function ofAnotherBuildkit({ name, buildkit }: Pod, rivals: readonly string[] = []): Trouble {
  const alike = rivals.includes(buildkit) ? ', which also names it' : ''
  const message = `Pod "${name}" has the label of Buildkit "${buildkit}"${alike}; \`spec.podName\` was copied, or the Pod was renamed after rendering; run render-buildkit last`
  return { reason: POD_RENAMED, message }
}

/** Whether the Buildkit has another name than its Pod was rendered for. */
function wasRenamed({ buildkit, podName }: Slot): boolean {
  return podName !== undefined && !isPodNameFor(labelValueOf(buildkit.name), podName)
}

function renamedItself(podName: string, [rival]: readonly string[] = []): Trouble {
  const alike = rival === undefined ? '' : `, which Buildkit "${rival}" also names`
  const message = `this Buildkit was renamed after rendering; its \`spec.podName\` is still "${podName}"${alike}; run render-buildkit last`
  return { reason: POD_RENAMED, message }
}

function meanwhile({ reason }: Trouble, { name, namespace }: Pod): string {
  return reason === UNSCHEDULABLE
    ? `Pod "${name}" still serves and occupies its resources; if no node fits both, run \`kubectl delete pod ${name} --namespace ${namespace}\``
    : `Pod "${name}" serves in its place`
}
