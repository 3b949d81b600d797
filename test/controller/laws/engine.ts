import type { Pod } from '../../../controller/pod.ts'
import { hashedName, hashOf } from '../../../crds/names.ts'
import { nextVersion, type World, wholeSeconds } from './world.ts'

/** Pods of the last one are retired by the engine. */
export const REVISIONS = 4

/** As the operator names Pods. */
const OPERATORS = 'b-x7k2p'

/** The revisions whose Pods serve TLS. */
const WITH_TLS = [1, 3]

/** The name of the Pod that a revision of the package has. */
export function podNameOf(revision: number): string {
  return `b-${'bcdf'.charAt(revision).repeat(10)}`
}

/** What an engine does with the Pod of a revision: it creates the Pod where there is none, and leaves any other as it is. */
export function applyPod(world: World, revision: number): void {
  createPod(world, podNameOf(revision), revision === REVISIONS - 1)
}

/** Somebody changes by hand whether a Pod can only follow. */
export function annotatePod(world: World, revision: number): void {
  const pod = world.pods.get(podNameOf(revision))
  if (!pod) return
  const { mustFollow = false, ...rest } = pod
  const changed = { ...rest, ...(!mustFollow && { mustFollow: true }), resourceVersion: nextVersion(world) }
  world.pods.set(pod.name, changed)
}

/** Somebody changes by hand the name by which clients verify a Pod. */
export function certifyPod(world: World, revision: number): void {
  const pod = world.pods.get(podNameOf(revision))
  if (!pod) return
  const { tlsServerName, ...rest } = pod
  const changed = tlsServerName === undefined ? { ...rest, tlsServerName: 'by-hand.ci.svc' } : rest
  world.pods.set(pod.name, { ...changed, resourceVersion: nextVersion(world) })
}

/** A ready Pod with our label that was renamed after rendering. */
export function applyRenamedPod(world: World): void {
  const name = `dev-${podNameOf(0)}`
  createPod(world, name, false)
  world.pods.set(name, { ...(world.pods.get(name) as Pod), phase: 'Running', isReady: true })
}

/** A ready Pod that the operator made, and that has got our label. */
export function applyOperatorsPod(world: World): void {
  if (world.pods.has(OPERATORS) || !world.buildkit) return
  createPod(world, OPERATORS, false)
  const pod = world.pods.get(OPERATORS) as Pod
  world.pods.set(OPERATORS, { ...pod, adoptedBy: world.buildkit.uid, phase: 'Running', isReady: true })
}

/** A ready Pod that is called as ours are, and that Git has never named; of a ReplicaSet, or of nobody. */
export function intrude(world: World, isOfReplicaSet: boolean): void {
  const name = hashedName('b', hashOf(isOfReplicaSet ? 'replica' : 'intruder'))
  if (world.pods.has(name)) return
  createPod(world, name, false)
  const controller = { kind: 'ReplicaSet', name: 'b', uid: 'r' }
  const pod = { ...(world.pods.get(name) as Pod), phase: 'Running', isReady: true }
  world.pods.set(name, { ...pod, ...(isOfReplicaSet && { controller }) })
  world.intruders.add(pod.uid)
}

function createPod(world: World, name: string, isRetiredByEngine: boolean): void {
  if (world.pods.has(name)) return
  const uid = `uid ${nextVersion(world)}`
  world.pods.set(name, {
    namespace: 'ci',
    name,
    uid,
    resourceVersion: nextVersion(world),
    buildkit: 'b',
    isRetiredByEngine,
    ...(world.followers.has(name) && { mustFollow: true }),
    created: wholeSeconds(world.now),
    phase: 'Pending',
    address: freeAddress(world),
    ...(WITH_TLS.some((revision) => podNameOf(revision) === name) && { tlsServerName: `${name}.ci.svc` }),
    isReady: false,
    wasDisrupted: false,
  })
  if (world.buildkit?.podName !== name) world.pending.add(uid)
}

/** Networks give an address out again as soon as it is free. */
function freeAddress({ pods }: World): string {
  const taken = new Set([...pods.values()].map(({ address }) => address))
  const addresses = Array.from({ length: 9 }, (_, at) => `tcp://10.0.0.${at}:1234`)
  return addresses.find((address) => !taken.has(address)) as string
}

/** What an engine does with the Buildkit of a revision. */
export function applyBuildkit(world: World, revision: number): void {
  const podName = podNameOf(revision)
  const { buildkit, now } = world
  world.pending.clear()
  if (buildkit?.podName === podName) return
  world.podNameChanged = now
  world.buildkit = {
    namespace: 'ci',
    name: 'b',
    uid: buildkit?.uid ?? `uid ${nextVersion(world)}`,
    resourceVersion: nextVersion(world),
    generation: (buildkit?.generation ?? 0) + 1,
    podName,
    podNameWritten: wholeSeconds(now),
    ...(buildkit?.suspend !== undefined && { suspend: buildkit.suspend }),
    status: buildkit?.status ?? { observedGeneration: -1 },
  }
}

/**
 * Changes another field of the Buildkit, in the name of whoever wrote `spec.podName`: the time of that one moves. What came before the
 * controller knew that `spec.podName` looks older than it from now on; engines that apply a Buildkit again have given such a Pod up.
 */
export function touchBuildkit(world: World): void {
  if (!world.buildkit) return
  const { generation, status, podName } = world.buildkit
  const known = status.podName === podName ? Date.parse(status.podSince ?? '') : Number.POSITIVE_INFINITY
  for (const { uid, created } of world.pods.values()) if (created < known) world.pending.delete(uid)
  world.buildkit = {
    ...world.buildkit,
    resourceVersion: nextVersion(world),
    generation: generation + 1,
    podNameWritten: wholeSeconds(world.now),
  }
}

/** Somebody sets the label that keeps the Pods, another value of it, or removes it. */
export function suspendBuildkit(world: World, suspend: string | undefined): void {
  if (!world.buildkit) return
  const { suspend: _, ...rest } = world.buildkit
  world.buildkit = { ...rest, ...(suspend !== undefined && { suspend }), resourceVersion: nextVersion(world) }
}

/** Kubernetes' garbage collector takes what it owns. */
export function deleteBuildkit(world: World): void {
  world.buildkit = undefined
  for (const { name, adoptedBy } of world.pods.values()) if (adoptedBy !== undefined) world.pods.delete(name)
}

/** Creates what the Buildkit names and the cluster lacks, as an engine does at its next reconciliation. */
export function heal(world: World): void {
  const { podName } = world.buildkit ?? {}
  if (podName !== undefined) createPod(world, podName, podName === podNameOf(REVISIONS - 1))
}
