import { isDeepStrictEqual } from 'node:util'
import type { Now } from '../kube/now.ts'
import type { Change } from '../kube/watch/cache.ts'
import type { Absence, Buildkit } from '../observation.ts'
import type { Pod } from '../pod.ts'
import { builderOf, keyOf, type Store } from '../store.ts'
import { witnessBuildkit, witnessPod } from './witness.ts'

/** Applies a change of a Buildkit to the store; returns the keys of the builders that may have changed. */
export function takeBuildkit(store: Store, change: Change<Buildkit>, now: Now): readonly string[] {
  const { object } = change
  const builder = builderOf(object)
  if (change.type === 'gone') {
    forgetBuildkit(store, object)
    store.writings.delete(keyOf(object.namespace, object.name))
    const isOrphaned = store.pods.has(builder) && !store.namesakes.has(builder)
    // A Buildkit that a list lacks may return: after an outage the list may be of another history.
    const how = change.how === 'deleted' ? 'deleted' : 'never seen'
    if (isOrphaned) store.absences.set(builder, { how, since: now.steady, uid: object.uid })
    return unique([builder, ...object.podNames.flatMap((name) => buildersNaming(store, object.namespace, name))])
  }
  const before = store.buildkits.get(keyOf(object.namespace, object.name))
  replaceBuildkit(store, object, now)
  // The store had the answer to our own write before the watch repeated it.
  if (before?.resourceVersion === object.resourceVersion) return []
  const namesBefore = before?.podNames ?? []
  if (isDeepStrictEqual(namesBefore, object.podNames)) return [builder]
  const podNames = [...namesBefore, ...object.podNames]
  return unique([builder, ...podNames.flatMap((podName) => buildersNaming(store, object.namespace, podName))])
}

/** Puts a Buildkit, read at `now`, into the store. */
export function replaceBuildkit(store: Store, read: Buildkit, now: Now): void {
  const key = keyOf(read.namespace, read.name)
  const buildkit = witnessBuildkit(read, store.buildkits.get(key), now)
  forgetBuildkit(store, read)
  store.buildkits.set(key, buildkit)
  addTo(store.namesakes, builderOf(buildkit), key)
  for (const podName of buildkit.podNames) addTo(store.namers, keyOf(buildkit.namespace, podName), key)
  store.absences.delete(builderOf(buildkit))
}

function forgetBuildkit({ buildkits, namesakes, namers }: Store, { namespace, name }: Buildkit): void {
  const key = keyOf(namespace, name)
  const known = buildkits.get(key)
  if (!known) return
  buildkits.delete(key)
  removeFrom(namesakes, builderOf(known), key)
  for (const podName of known.podNames) removeFrom(namers, keyOf(namespace, podName), key)
}

/** The builders whose Buildkits name a Pod. */
function buildersNaming({ buildkits, namers }: Store, namespace: string, podName: string): readonly string[] {
  const keys = namers.get(keyOf(namespace, podName)) ?? []
  return keys.map((key) => builderOf(buildkits.get(key) as Buildkit))
}

/** Applies a change of a Pod to the store; returns the keys of the builders that may have changed. */
export function takePod(store: Store, change: Change<Pod>, now: Now): readonly string[] {
  const { object: read } = change
  const pod = witnessPod(read, store.podByName.get(keyOf(read.namespace, read.name)), now)
  const builder = keyOf(pod.namespace, pod.buildkit)
  const before = change.type === 'set' ? change.before : undefined
  const builderBefore = before && keyOf(before.namespace, before.buildkit)
  if (before && builderBefore !== builder) forgetPod(store, before)
  if (change.type === 'set') setPod(store, pod, { how: 'never seen', since: now.steady })
  else {
    forgetPod(store, pod)
    forgetFormerName(store, builder, pod.name)
  }
  const namers = buildersNaming(store, pod.namespace, pod.name)
  return unique([builder, ...(builderBefore === undefined ? [] : [builderBefore]), ...namers])
}

function setPod({ namesakes, pods, podByName, absences }: Store, pod: Pod, absence: Absence): void {
  const builder = keyOf(pod.namespace, pod.buildkit)
  const siblings = pods.get(builder) ?? new Map<string, Pod>()
  pods.set(builder, siblings.set(pod.name, pod))
  podByName.set(keyOf(pod.namespace, pod.name), pod)
  if (!(namesakes.has(builder) || absences.has(builder))) absences.set(builder, absence)
}

function forgetPod({ pods, podByName, absences, refusals }: Store, pod: Pod): void {
  const builder = keyOf(pod.namespace, pod.buildkit)
  const siblings = pods.get(builder)
  siblings?.delete(pod.name)
  podByName.delete(keyOf(pod.namespace, pod.name))
  refusals.delete(pod.uid)
  if (siblings && siblings.size > 0) return
  pods.delete(builder)
  absences.delete(builder)
}

/** A former name counts only until its Pod is gone: Git does not create a Pod of a name that it has given up. */
function forgetFormerName({ buildkits, namesakes }: Store, builder: string, name: string): void {
  for (const key of namesakes.get(builder) ?? []) {
    const buildkit = buildkits.get(key)
    if (!buildkit?.formerPodNames?.includes(name)) continue
    buildkits.set(key, { ...buildkit, formerPodNames: buildkit.formerPodNames.filter((former) => former !== name) })
  }
}

function addTo(index: Map<string, readonly string[]>, key: string, member: string): void {
  const members = index.get(key)
  // Nearly every key has one member: an array that grows would reserve room for seventeen.
  index.set(key, members ? [...members, member] : [member])
}

function removeFrom(index: Map<string, readonly string[]>, key: string, member: string): void {
  const others = (index.get(key) ?? []).filter((each) => each !== member)
  if (others.length > 0) index.set(key, others)
  else index.delete(key)
}

function unique(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)]
}
