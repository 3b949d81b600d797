import {
  BUILDKIT_LABEL,
  CONTAINER,
  GROUP,
  HANDOVER_ANNOTATION,
  labelValueOf,
  PORT_NAME,
  REPLICA_LABEL,
  REPLICAS_MAX,
  RETIREMENT_ANNOTATION,
} from '../../crds/names.ts'
import { boundedText } from '../kube/bounded-text.ts'
import { containersOf, crashesOf, type Owner, type Pod } from '../pod.ts'
import { mountingOf } from './mounting.ts'
import { crashTrouble, type Metadata, type PodObject, podTrouble } from './pod-trouble.ts'
import { tlsServerNameOf } from './server-name.ts'

/** Why a kubelet or the control plane ends a Pod that has not failed (`status.reason`). */
const DISRUPTIONS = ['Evicted', 'Preempting', 'Terminated', 'NodeShutdown', 'NodeLost', 'DeadlineExceeded']

/** Longer than any real one; anyone who may write `pods/status` can write anything. */
const KIND_LENGTH_MAX = 63
const NAME_LENGTH_MAX = 253
const PHASE_LENGTH_MAX = 32

/** What is kept of a Pod that the API server sent. */
export function toPod(object: unknown): Pod {
  const pod = object as PodObject
  const { metadata, status = {} } = pod
  const finished = finishedAt(pod)
  const address = addressOf(pod)
  const tlsServerName = tlsServerNameOf(metadata)
  const mounting = mountingOf(pod)
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    resourceVersion: metadata.resourceVersion ?? '',
    buildkit: metadata.labels?.[BUILDKIT_LABEL] ?? '',
    ...replicaOf(metadata),
    ...ownersOf(metadata),
    isRetiredByEngine: metadata.annotations?.[RETIREMENT_ANNOTATION] === 'engine',
    ...(metadata.annotations?.[HANDOVER_ANNOTATION] === 'Recreate' && { mustFollow: true }),
    created: Date.parse(metadata.creationTimestamp ?? ''),
    ...deletionOf(metadata),
    phase: boundedText(status.phase ?? 'Pending', PHASE_LENGTH_MAX),
    ...nodeNameOf(pod),
    ...(address && { address }),
    ...(tlsServerName !== undefined && { tlsServerName }),
    ...readinessOf(pod),
    ...(mounting && { mounting }),
    ...(finished !== undefined && { finished }),
    wasDisrupted: DISRUPTIONS.includes(status.reason ?? '') || isConditionTrue(pod, 'DisruptionTarget'),
  }
}

/** Anyone who may create Pods can set any label. */
function replicaOf({ labels }: Metadata): Pick<Pod, 'replica'> {
  const replica = Number(labels?.[REPLICA_LABEL])
  return Number.isInteger(replica) && replica > 0 && replica < REPLICAS_MAX ? { replica } : {}
}

function nodeNameOf({ spec }: PodObject): Pick<Pod, 'nodeName'> {
  return spec?.nodeName ? { nodeName: boundedText(spec.nodeName, NAME_LENGTH_MAX) } : {}
}

function deletionOf(metadata: Metadata): Pick<Pod, 'deletionDeadline' | 'graceMilliseconds'> {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = metadata
  if (!deletionTimestamp) return {}
  return { deletionDeadline: Date.parse(deletionTimestamp), graceMilliseconds: deletionGracePeriodSeconds * 1000 }
}

/** Rendered Pods never have an owner, so an owning Buildkit distinguishes the operator's Pods from renamed ones. */
function ownersOf({ labels, ownerReferences = [] }: Metadata): Pick<Pod, 'controller' | 'adoptedBy'> {
  const manager = ownerReferences.find(({ controller }) => controller)
  const buildkit = ownerReferences.find(
    ({ apiVersion, kind, name }) =>
      apiVersion.startsWith(`${GROUP}/`) && kind === 'Buildkit' && labelValueOf(name) === labels?.[BUILDKIT_LABEL],
  )
  return {
    ...(manager && { controller: ownerOf(manager) }),
    ...(buildkit && { adoptedBy: ownerOf(buildkit).uid }),
  }
}

/** An API server accepts owners of any length. */
function ownerOf({ kind, name, uid }: Owner): Owner {
  return {
    kind: boundedText(kind, KIND_LENGTH_MAX),
    name: boundedText(name, NAME_LENGTH_MAX),
    uid: boundedText(uid, KIND_LENGTH_MAX),
  }
}

function readinessOf(pod: PodObject): Pick<Pod, 'isReady' | 'crashes' | 'restarted' | 'trouble'> {
  const isReady = isPodReady(pod)
  const crashed = crashesOf(pod.status ?? {})
  const readyTrouble = crashed.crashes ? crashTrouble(pod) : undefined
  const trouble = isReady ? readyTrouble : podTrouble(pod)
  return { isReady, ...crashed, ...(trouble && { trouble }) }
}

/** A lost kubelet leaves its containers ready; the control plane sets the condition Ready to false. */
function isPodReady(pod: PodObject): boolean {
  const containers = pod.status?.containerStatuses ?? []
  const areReady = containers.length > 0 && containers.every(({ ready }) => ready)
  return pod.status?.phase === 'Running' && areReady && isConditionTrue(pod, 'Ready')
}

function isConditionTrue({ status }: PodObject, type: string): boolean {
  return status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
}

/** The first IP of a dual-stack Pod is that of its cluster's first family. An IPv6 address is in brackets (RFC 3986). */
function addressOf({ spec, status }: PodObject): string | undefined {
  const ports = spec?.containers.find(({ name }) => name === CONTAINER)?.ports
  const port = ports?.find(({ name }) => name === PORT_NAME)?.containerPort
  const ip = status?.podIP
  if (!ip || port === undefined) return undefined
  return `tcp://${ip.includes(':') ? `[${ip}]` : ip}:${port}`
}

/** When the last container ended; a Pod that was evicted before any started has only the time of its last condition. */
function finishedAt({ metadata, status }: PodObject): number | undefined {
  if (status?.phase !== 'Failed' && status?.phase !== 'Succeeded') return undefined
  const ends = containersOf(status).map(({ state }) => state?.terminated?.finishedAt)
  const transitions = status.conditions?.map(({ lastTransitionTime }) => lastTransitionTime) ?? []
  return latest(ends) ?? latest(transitions) ?? Date.parse(metadata.creationTimestamp ?? '')
}

function latest(times: readonly (Date | string | undefined)[]): number | undefined {
  const moments = times.map((time) => Date.parse(String(time))).filter((moment) => !Number.isNaN(moment))
  return moments.length > 0 ? Math.max(...moments) : undefined
}
