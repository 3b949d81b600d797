import type { Absence, Buildkit, Refusal } from './observation.ts'
import type { Pod } from './observe/pod.ts'

/**
 * What the watches have said, and what only this process knows. The key of a builder is `<namespace>/<label value>`: the same for a
 * Buildkit and for the Pods with its label.
 */
export interface Store {
  readonly buildkits: Map<string, Buildkit>
  /** By key, then by name. */
  readonly pods: Map<string, Map<string, Pod>>
  /** By `<namespace>/<name>`. */
  readonly podByName: Map<string, Pod>
  /** The key of the Buildkit whose `spec.podName` it is, by `<namespace>/<name>`. */
  readonly keyByPodName: Map<string, string>
  /** Of keys with Pods and without a Buildkit. */
  readonly absences: Map<string, Absence>
  /** By the Pod's uid. */
  readonly refusals: Map<string, Refusal>
}

export function createStore(): Store {
  return {
    buildkits: new Map(),
    pods: new Map(),
    podByName: new Map(),
    keyByPodName: new Map(),
    absences: new Map(),
    refusals: new Map(),
  }
}

export function keyOf(namespace: string, labelValue: string): string {
  return `${namespace}/${labelValue}`
}

/** The keys of all builders. */
export function keysOf({ buildkits, pods }: Store): readonly string[] {
  return [...new Set([...buildkits.keys(), ...pods.keys()])]
}

/** `orphans`: Pods whose Buildkit the lists lack, not counting those whose Buildkit was seen deleted. */
export interface Counts {
  readonly buildkits: number
  readonly pods: number
  readonly orphans: number
}

export function countsOf({ buildkits, pods, podByName, absences }: Store): Counts {
  const unseen = [...absences].filter(([, { how }]) => how !== 'deleted')
  const orphans = unseen.reduce((count, [key]) => count + (pods.get(key)?.size ?? 0), 0)
  return { buildkits: buildkits.size, pods: podByName.size, orphans }
}
