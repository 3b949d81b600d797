/** Keys that want work and keys that are worked on: the dirty and processing sets of client-go's `util/workqueue`. */
export interface DirtyKeys {
  /** False where the key wanted work already. */
  readonly add: (key: string, isUrgent: boolean) => boolean
  /** The next key, now worked on: urgent ones first, else in the order in which they came; never one that is worked on. */
  readonly take: () => Taken | undefined
  /** The key is worked on no more. */
  readonly done: (key: string) => void
  readonly isDirty: (key: string) => boolean
  /** How many keys want work. */
  readonly size: () => number
  /** How many keys are worked on. */
  readonly taken: () => number
  /** Nothing wants work any more. */
  readonly clear: () => void
}

export interface Taken {
  readonly key: string
  /** Since when it wanted work, by `performance.now()`. */
  readonly since: number
}

/** Since when each key wants work, in the order in which they came; no key is in both. */
interface Lanes {
  readonly urgent: Map<string, number>
  readonly relaxed: Map<string, number>
}

/** Invariant: a key is never worked on twice at the same time */
export function createDirtyKeys(): DirtyKeys {
  const ready: Lanes = { urgent: new Map(), relaxed: new Map() }
  // Keys that are worked on and want it once more.
  const held: Lanes = { urgent: new Map(), relaxed: new Map() }
  const lanes = [ready.urgent, ready.relaxed, held.urgent, held.relaxed]
  const working = new Set<string>()
  return {
    add: (key, isUrgent) => addTo(working.has(key) ? held : ready, key, isUrgent),
    take: () => {
      const next = firstOf(ready.urgent) ?? firstOf(ready.relaxed)
      if (next) working.add(next.key)
      return next
    },
    done: (key) => {
      working.delete(key)
      move(key, held.urgent, ready.urgent)
      move(key, held.relaxed, ready.relaxed)
    },
    isDirty: (key) => lanes.some((lane) => lane.has(key)),
    size: () => lanes.reduce((size, lane) => size + lane.size, 0),
    taken: () => working.size,
    clear: () => {
      for (const lane of lanes) lane.clear()
    },
  }
}

function addTo({ urgent, relaxed }: Lanes, key: string, isUrgent: boolean): boolean {
  if (urgent.has(key)) return false
  if (relaxed.has(key)) {
    if (isUrgent) move(key, relaxed, urgent)
    return false
  }
  const lane = isUrgent ? urgent : relaxed
  lane.set(key, performance.now())
  return true
}

function move(key: string, from: Map<string, number>, to: Map<string, number>): void {
  const since = from.get(key)
  if (since === undefined) return
  from.delete(key)
  to.set(key, since)
}

function firstOf(lane: Map<string, number>): Taken | undefined {
  for (const [key, since] of lane) {
    lane.delete(key)
    return { key, since }
  }
  return undefined
}
