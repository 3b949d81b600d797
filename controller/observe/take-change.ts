import { labelValueOf } from '../../crds/names.ts'
import type { Absence, Buildkit } from '../observation.ts'
import { keyOf, type Store } from '../store.ts'
import type { Change } from '../watch/cache.ts'
import type { Pod } from './pod.ts'
import { witnessBuildkit, witnessPod } from './witness.ts'

/** Takes in what a watch says of a Buildkit; the keys of the builders that may look different now. */
export function takeBuildkit(store: Store, change: Change<Buildkit>, now: number): readonly string[] {
  const { object } = change
  const key = keyOf(object.namespace, labelValueOf(object.name))
  if (change.type === 'gone') {
    forgetBuildkit(store, key)
    if (store.pods.has(key)) store.absences.set(key, { how: change.how, since: now })
    return [key]
  }
  // The answer to our own write was taken in before the watch repeated it.
  const isKnown = store.buildkits.get(key)?.resourceVersion === object.resourceVersion
  replaceBuildkit(store, object, now)
  return isKnown ? [] : [key]
}

/** Takes in a Buildkit as it is now, which was read at that moment. */
export function replaceBuildkit(store: Store, read: Buildkit, now: number): void {
  const key = keyOf(read.namespace, labelValueOf(read.name))
  const buildkit = witnessBuildkit(read, store.buildkits.get(key), now)
  forgetBuildkit(store, key)
  store.buildkits.set(key, buildkit)
  if (buildkit.podName !== undefined) store.keyByPodName.set(keyOf(buildkit.namespace, buildkit.podName), key)
  store.absences.delete(key)
}

function forgetBuildkit({ buildkits, keyByPodName }: Store, key: string): void {
  const { namespace = '', podName = '' } = buildkits.get(key) ?? {}
  if (keyByPodName.get(keyOf(namespace, podName)) === key) keyByPodName.delete(keyOf(namespace, podName))
  buildkits.delete(key)
}

/** Takes in what a watch says of a Pod; the keys of the builders that may look different now. */
export function takePod(store: Store, change: Change<Pod>, now: number): readonly string[] {
  const { object: read } = change
  const pod = witnessPod(read, store.podByName.get(keyOf(read.namespace, read.name)), now)
  const key = keyOf(pod.namespace, pod.buildkit)
  const before = change.type === 'set' ? change.before : undefined
  const keyBefore = before && keyOf(before.namespace, before.buildkit)
  if (before && keyBefore !== key) forgetPod(store, before)
  if (change.type === 'set') setPod(store, pod, { how: 'never seen', since: now })
  else forgetPod(store, pod)
  const keys = [key, keyBefore, store.keyByPodName.get(keyOf(pod.namespace, pod.name))]
  return [...new Set(keys.filter((each) => each !== undefined))]
}

function setPod({ buildkits, pods, podByName, absences }: Store, pod: Pod, absence: Absence): void {
  const key = keyOf(pod.namespace, pod.buildkit)
  const siblings = pods.get(key) ?? new Map<string, Pod>()
  pods.set(key, siblings.set(pod.name, pod))
  podByName.set(keyOf(pod.namespace, pod.name), pod)
  if (!(buildkits.has(key) || absences.has(key))) absences.set(key, absence)
}

function forgetPod({ pods, podByName, absences, refusals }: Store, pod: Pod): void {
  const key = keyOf(pod.namespace, pod.buildkit)
  const siblings = pods.get(key)
  siblings?.delete(pod.name)
  podByName.delete(keyOf(pod.namespace, pod.name))
  refusals.delete(pod.uid)
  if (siblings && siblings.size > 0) return
  pods.delete(key)
  absences.delete(key)
}
