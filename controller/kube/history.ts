import { isOlder } from './resource-version.ts'

/** Where in a history an answer is. */
interface Place {
  readonly resourceVersion: string
  /** Only where it must stay the same: the Lease's. */
  readonly uid?: string
}

/**
 * The one history of an API server's store, as far as its answers tell it: what it answers is never older than what it had said before
 * it was asked. An etcd that was restored from a backup, and a cluster that was built anew behind the same address, have another history.
 */
export interface History {
  /** To be called before a request; the result takes the place that its answer has. `of` is what both speak of. */
  readonly ask: (of: string) => (answered: Place) => void
  /** To be said when a watch has come so far. */
  readonly reached: (of: string, resourceVersion: string) => void
  /** To be said where what is answered cannot come after what was known. */
  readonly rewritten: (evidence: string) => void
  /** Calls whoever has learnt something from the old history, in the order of these calls, and before anything else happens. */
  readonly onRewritten: (forget: (evidence: string) => void) => void
  /** How many histories there were before this one. An answer to a request of an earlier one says nothing. */
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
