import { labelValueOf } from '../crds/names.ts'
import type { Absence, Buildkit, Refusal } from './observation.ts'
import type { Pod } from './pod.ts'

/**
 * What the watches have delivered, and what only this process knows. A builder's key is `<namespace>/<label value>`: the same for the
 * Pods with that label and for each Buildkit whose name is shortened to it, which is nearly always one.
 */
export interface Store {
  /** By `<namespace>/<name>`. */
  readonly buildkits: Map<string, Buildkit>
  /** The Buildkits of a builder, by its key, as keys of `buildkits`. */
  readonly namesakes: Map<string, readonly string[]>
  /** The Buildkits that name it, by `<namespace>/<Pod's name>`, as keys of `buildkits`. */
  readonly namers: Map<string, readonly string[]>
  /** By the builder's key, then by name. */
  readonly pods: Map<string, Map<string, Pod>>
  /** By `<namespace>/<name>`. */
  readonly podByName: Map<string, Pod>
  /** Of builders with Pods and without a Buildkit. */
  readonly absences: Map<string, Absence>
  /** By the Pod's uid. */
  readonly refusals: Map<string, Refusal>
  /** Of Buildkits, by their keys. */
  readonly writings: Map<string, Writing>
}

/** When this process last wrote a status, and since when it has held back the next write; by the steady clock. */
interface Writing {
  readonly heldSince?: number
  readonly lastWritten?: number
}

export function createStore(): Store {
  return {
    buildkits: new Map(),
    namesakes: new Map(),
    namers: new Map(),
    pods: new Map(),
    podByName: new Map(),
    absences: new Map(),
    refusals: new Map(),
    writings: new Map(),
  }
}

/** Forgets everything, as after a start of the process. */
export function forgetAll(store: Store): void {
  for (const known of Object.values(store)) known.clear()
}

/** `<namespace>/<name>`, where the name is that of an object or the value of a label. */
export function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`
}

/** The builder that a Buildkit is. */
export function builderOf({ namespace, name }: Pick<Buildkit, 'namespace' | 'name'>): string {
  return keyOf(namespace, labelValueOf(name))
}

/** The keys of all builders. */
export function keysOf({ namesakes, pods }: Store): readonly string[] {
  return [...new Set([...namesakes.keys(), ...pods.keys()])]
}

/** The namespace in a key such as `<namespace>/<name>`. */
export function namespaceOf(key: string): string {
  return key.slice(0, key.indexOf('/'))
}
