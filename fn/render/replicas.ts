import type { Buildkit } from '../../crds/buildkit.ts'
import { hashedName, hashOf, REPLICA_LABEL } from '../../crds/names.ts'

/** How many Pods a Buildkit has. */
export function replicasOf({ spec }: Pick<Buildkit, 'spec'>): number {
  return spec.replicas ?? 1
}

/** What is made for each replica of a Buildkit, by its index; nothing of the first tells that there are others. */
export function ofReplicas<T>(buildkit: Pick<Buildkit, 'spec'>, make: (replica: number) => T): readonly T[] {
  return Array.from({ length: replicasOf(buildkit) }, (_, replica) => make(replica))
}

/** The label of what belongs to one replica: none for the first. */
export function replicaLabel(replica: number): Readonly<Record<string, string>> {
  return replica === 0 ? {} : { [REPLICA_LABEL]: String(replica) }
}

/** The index that these labels have, as they have it; empty for the first replica, and for what is there once for all of them. */
export function replicaIn(labels: Readonly<Record<string, string>> = {}): string {
  return labels[REPLICA_LABEL] ?? ''
}

/** What a name stands for: `hash` is that of `content`. */
interface Named {
  readonly hash: string
  readonly content: string
}

/**
 * `<buildkit>-<hash>`: the hash is of the content, of the full name where that had to be cut, and of the index of any replica but the
 * first. With the index in plain view, it could be the name of a Pod of another Buildkit.
 */
export function replicaName(buildkitName: string, { hash, content }: Named, replica: number): string {
  const isCut = hashedName(buildkitName, hash) !== `${buildkitName}-${hash}`
  const first = isCut ? hashOf(`${buildkitName}\n${content}`) : hash
  return hashedName(buildkitName, replica === 0 ? first : hashOf(`${first}\nreplica ${replica}`))
}
