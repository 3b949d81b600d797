import { setTimeout } from 'node:timers/promises'
import type { Cluster } from '../servers/cluster.ts'
import { repeatedly } from './repeatedly.ts'

/** An image that no registry has. */
export const MISSING_IMAGE = 'registry.test/missing:v1'
/** A Pod whose `nodeSelector` has this key finds no node. */
export const NO_NODE = 'no-such-node'

const DRAIN_MILLISECONDS = 300
/** The name of the one node. */
export const NODE = 'node'

export interface Kubelet {
  /** From now on a deleted Pod of this name does not end; the result lets it end. */
  readonly hold: (pod: string) => () => void
  readonly stop: () => Promise<void>
}

export interface KubeletOptions {
  /** Whether a scheduler is there, which binds Pods. */
  readonly isScheduled?: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: as the API server sends it
type Pod = any

/**
 * Replaces kubelet and, unless there is one, scheduler: it binds every Pod and reports it as ready, with a new address at each start. A
 * deleted Pod takes a moment to drain.
 */
export function startKubelet(
  { request }: Pick<Cluster, 'request'>,
  { isScheduled = false }: KubeletOptions = {},
): Kubelet {
  const [seen, held] = [new Set<string>(), new Set<string>()]
  let addresses = 0
  const tend = async (pod: Pod) => {
    const { namespace, name, uid, deletionTimestamp } = pod.metadata
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`
    const stage = `${uid} ${deletionTimestamp ? 'ends' : 'starts'}`
    const isLater = deletionTimestamp ? held.has(name) : isScheduled && !pod.spec.nodeName
    if (seen.has(stage) || isLater) return
    seen.add(stage)
    if (deletionTimestamp) {
      await setTimeout(DRAIN_MILLISECONDS)
      await request('DELETE', path, { gracePeriodSeconds: 0, preconditions: { uid } })
      return
    }
    if (pod.spec.nodeSelector?.[NO_NODE]) {
      await request('PATCH', `${path}/status`, { status: unschedulable() })
      return
    }
    if (!pod.spec.nodeName)
      await request('POST', `${path}/binding`, { metadata: { name, uid }, target: { kind: 'Node', name: NODE } })
    addresses++
    const ip = `10.1.${addresses >> 8}.${addresses & 255}`
    await request('PATCH', `${path}/status`, { status: startedStatus(pod, ip) })
  }
  const stop = repeatedly(async () => {
    const { body } = await request('GET', '/api/v1/pods')
    await Promise.all(body.items.map(tend))
  })
  const hold = (pod: string) => {
    held.add(pod)
    return () => void held.delete(pod)
  }
  return { hold, stop }
}

/** The status of a Pod whose containers run, except for those with a missing image. */
export function startedStatus({ spec }: Pod, ip: string) {
  const startedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const statuses = spec.containers.map(({ name, image }: { readonly name: string; readonly image: string }) => {
    const isMissing = image === MISSING_IMAGE
    const state = isMissing
      ? { waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}"` } }
      : { running: { startedAt } }
    return { name, image, imageID: '', restartCount: 0, ready: !isMissing, started: !isMissing, state }
  })
  const isReady = statuses.every(({ ready }: { readonly ready: boolean }) => ready)
  return {
    phase: isReady ? 'Running' : 'Pending',
    podIP: ip,
    podIPs: [{ ip }],
    conditions: [
      { type: 'PodScheduled', status: 'True', lastTransitionTime: startedAt },
      { type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: startedAt },
    ],
    containerStatuses: statuses,
  }
}

function unschedulable() {
  const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  const message = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector."
  return {
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime }],
  }
}
