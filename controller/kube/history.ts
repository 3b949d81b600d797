import { isOlder } from './resource-version.ts'

/** The place of an answer in a history. */
interface Place {
  readonly resourceVersion: string
  /** Only if it must stay the same: that of the Lease. */
  readonly uid?: string
}

/**
 * The history of an API server's store, as its answers show it: an answer is never older than what was known before the request. An etcd
 * that was restored from a backup, and a cluster that was rebuilt behind the same address, have another history.
 */
export interface History {
  /** Call it before a request, and the result with the place of the answer. `of` is the resource of both. */
  readonly ask: (of: string) => (answered: Place) => void
  /** Call it when a watch has reached this version. */
  readonly reached: (of: string, resourceVersion: string) => void
  /** Call it when an answer contradicts what was known. */
  readonly rewritten: (evidence: string) => void
  /** Registers what must forget the old history. Runs in the order of registration, before anything else. */
  readonly onRewritten: (forget: (evidence: string) => void) => void
  /** The number of earlier histories. An answer to a request from an earlier one must be ignored. */
  readonly generation: () => number
}

export function createHistory(): History {
  const listeners: ((evidence: string) => void)[] = []
  let places = new Map<string, Place>()
  let generation = 0

  function rewritten(evidence: string): void {
    generation += 1
    places = new Map()
    for (const forget of listeners) forget(evidence)
  }

  function reached(of: string, place: Place): void {
    const known = places.get(of)
    if (!(known && isOlder(place.resourceVersion, known.resourceVersion))) places.set(of, { ...known, ...place })
  }

  return {
    ask: (of) => {
      const asked = generation
      const before = places.get(of)
      return (answered) => {
        if (asked !== generation) return
        const evidence = before && contradiction(of, before, answered)
        if (evidence) rewritten(evidence)
        reached(of, answered)
      }
    },
    reached: (of, resourceVersion) => reached(of, { resourceVersion }),
    rewritten,
    onRewritten: (forget) => listeners.push(forget),
    generation: () => generation,
  }
}

function contradiction(of: string, before: Place, { resourceVersion, uid }: Place): string | undefined {
  if (isOlder(resourceVersion, before.resourceVersion))
    return `${of} must be at resourceVersion ${before.resourceVersion} or later, got ${resourceVersion}`
  if (before.uid !== undefined && uid !== undefined && uid !== before.uid)
    return `${of} must have the uid ${before.uid}, got ${uid}`
  return undefined
}
