import { namespaceOf, type Store } from '../store.ts'

/** `orphans`: Pods whose Buildkit the lists lack, not counting those whose Buildkit was seen deleted. */
export interface Counts {
  readonly buildkits: number
  readonly pods: number
  readonly orphans: number
}

export const NOTHING: Counts = { buildkits: 0, pods: 0, orphans: 0 }

/** What is known, by namespace. */
export function countsOf({ buildkits, pods, podByName, absences }: Store): ReadonlyMap<string, Counts> {
  const counts = new Map<string, { -readonly [What in keyof Counts]: Counts[What] }>()
  const add = (key: string, what: keyof Counts, count: number) => {
    const namespace = namespaceOf(key)
    const sums = counts.get(namespace) ?? { ...NOTHING }
    sums[what] += count
    counts.set(namespace, sums)
  }
  for (const key of buildkits.keys()) add(key, 'buildkits', 1)
  for (const key of podByName.keys()) add(key, 'pods', 1)
  for (const [key, { how }] of absences) if (how !== 'deleted') add(key, 'orphans', pods.get(key)?.size ?? 0)
  return counts
}

export function sumOf(counts: Iterable<Counts>): Counts {
  return [...counts].reduce(
    (sum, { buildkits, pods, orphans }) => ({
      buildkits: sum.buildkits + buildkits,
      pods: sum.pods + pods,
      orphans: sum.orphans + orphans,
    }),
    NOTHING,
  )
}
