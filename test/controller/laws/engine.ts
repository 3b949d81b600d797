import { isDeepStrictEqual } from 'node:util'
import { isSeen } from '../../../controller/observe/witness.ts'
import type { Pod } from '../../../controller/pod.ts'
import { hashedName, hashOf } from '../../../crds/names.ts'
import { nextVersion, type World, wholeSeconds } from './world.ts'

/** Pods of the last one are retired by the engine. */
export const REVISIONS = 4

/** As the operator names Pods. */
const OPERATORS = 'b-x7k2p'

/** The revisions whose Pods serve TLS. */
const WITH_TLS = [1, 3]

/** The most Pods that Git names. */
export const REPLICAS = 3

/** The name of a Pod that a revision of the package has. */
export function podNameOf(revision: number, replica = 0): string {
  const letter = 'bcdf'.charAt(revision)
  return `b-${letter.repeat(9)}${replica === 0 ? letter : 'ghj'.charAt(replica)}`
}

function podNamesOf(revision: number, { replicas }: World): readonly string[] {
  return Array.from({ length: replicas }, (_, replica) => podNameOf(revision, replica))
}

/** What an engine does with the Pods of a revision: it creates those that are not there, and leaves any other as it is. */
export function applyPods(world: World, revision: number): void {
  for (const name of podNamesOf(revision, world)) createPod(world, name)
}

/** Which revision of the package has a Pod of this name, and as which replica. */
function placeOf(name: string): { readonly revision: number; readonly replica: number } {
  return { revision: 'bcdf'.indexOf(name.charAt(2)), replica: Math.max('ghj'.indexOf(name.charAt(11)), 0) }
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
  createPod(world, name)
  world.pods.set(name, { ...(world.pods.get(name) as Pod), phase: 'Running', isReady: true })
}

/** A ready Pod that the operator made, and that has got our label. */
export function applyOperatorsPod(world: World): void {
  if (world.pods.has(OPERATORS) || !world.buildkit) return
  createPod(world, OPERATORS)
  const pod = world.pods.get(OPERATORS) as Pod
  world.pods.set(OPERATORS, { ...pod, adoptedBy: world.buildkit.uid, phase: 'Running', isReady: true })
}

/** A ready Pod that is called as ours are, and that Git has never named; of a ReplicaSet, or of nobody. */
export function intrude(world: World, isOfReplicaSet: boolean): void {
  const name = hashedName('b', hashOf(isOfReplicaSet ? 'replica' : 'intruder'))
  if (world.pods.has(name)) return
  createPod(world, name)
  const controller = { kind: 'ReplicaSet', name: 'b', uid: 'r' }
  const pod = { ...(world.pods.get(name) as Pod), phase: 'Running', isReady: true }
  world.pods.set(name, { ...pod, ...(isOfReplicaSet && { controller }) })
  world.intruders.add(pod.uid)
}

function createPod(world: World, name: string): void {
  if (world.pods.has(name)) return
  const isRendered = /^b-[bcdf]{9}[bcdfghj]$/.test(name)
  const { revision, replica } = isRendered ? placeOf(name) : { revision: -1, replica: 0 }
  const uid = `uid ${nextVersion(world)}`
  world.pods.set(name, {
    namespace: 'ci',
    name,
    uid,
    resourceVersion: nextVersion(world),
    buildkit: 'b',
    ...(replica > 0 && { replica }),
    isRetiredByEngine: revision === REVISIONS - 1,
    ...(world.followers.has(podNameOf(revision)) && { mustFollow: true }),
    created: wholeSeconds(world.now),
    phase: 'Pending',
    address: freeAddress(world),
    ...(WITH_TLS.includes(revision) && { tlsServerName: `${podNameOf(revision)}.ci.svc` }),
    isReady: false,
    wasDisrupted: false,
  })
  if (!world.buildkit?.podNames.includes(name)) world.pending.add(uid)
}

/** Networks give an address out again as soon as it is free. */
function freeAddress({ pods }: World): string {
  const taken = new Set([...pods.values()].map(({ address }) => address))
  const addresses = Array.from({ length: 99 }, (_, at) => `tcp://10.0.0.${at}:1234`)
  return addresses.find((address) => !taken.has(address)) as string
}

/** What an engine does with the Buildkit of a revision. */
export function applyBuildkit(world: World, revision: number): void {
  const podNames = podNamesOf(revision, world)
  const { buildkit, now } = world
  world.pending.clear()
  if (isDeepStrictEqual(buildkit?.podNames, podNames)) return
  world.podNamesChanged = now
  world.buildkit = {
    namespace: 'ci',
    name: 'b',
    uid: buildkit?.uid ?? `uid ${nextVersion(world)}`,
    resourceVersion: nextVersion(world),
    generation: (buildkit?.generation ?? 0) + 1,
    podNames,
    podNamesWritten: wholeSeconds(now),
    ...(buildkit?.suspend !== undefined && { suspend: buildkit.suspend }),
    status: buildkit?.status ?? { observedGeneration: -1 },
  }
}

/**
 * Changes another field of the Buildkit, in the name of whoever wrote the names of its Pods: their time moves. What came before the
 * controller knew those names looks older than it from now on; engines that apply a Buildkit again have given such a Pod up.
 */
export function touchBuildkit(world: World): void {
  if (!world.buildkit) return
  const { generation, status } = world.buildkit
  const known = isSeen(world.buildkit) ? Date.parse(status.podSince ?? '') : Number.POSITIVE_INFINITY
  for (const { uid, created } of world.pods.values()) if (created < known) world.pending.delete(uid)
  world.buildkit = {
    ...world.buildkit,
    resourceVersion: nextVersion(world),
    generation: generation + 1,
    podNamesWritten: wholeSeconds(world.now),
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

/** Git names another number of Pods. */
export function scale(world: World, replicas: number): void {
  world.replicas = replicas
  const [first] = world.buildkit?.podNames ?? []
  if (first === undefined) return
  const { revision } = placeOf(first)
  applyPods(world, revision)
  applyBuildkit(world, revision)
}

/** Creates what the Buildkit names and the cluster lacks, as an engine does at its next reconciliation. */
export function heal(world: World): void {
  for (const podName of world.buildkit?.podNames ?? []) createPod(world, podName)
}
