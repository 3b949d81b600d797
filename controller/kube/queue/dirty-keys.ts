import { createRotation, type Rotation } from './rotation.ts'

/** Keys that want work and keys that are worked on: the dirty and processing sets of client-go's `util/workqueue`, by group. */
export interface DirtyKeys {
  /** False where the key wanted work already. */
  readonly add: (key: string, isUrgent: boolean) => boolean
  /**
   * The next key, now worked on; never one that is worked on. Groups have their turn one after the other, as long as `mayTake` says so.
   * Within a group urgent keys come first, else keys in the order in which they came; of other groups they keep at most every second turn.
   */
  readonly take: (mayTake: MayTake) => Taken | undefined
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

/** Whether one more key of a group may be worked on, of which so many are. */
type MayTake = (taken: number) => boolean

export interface Taken {
  readonly key: string
  /** Since when it wanted work, by `performance.now()`. */
  readonly since: number
}

/** Since when each key wants work; no key is in both. */
interface Lanes {
  readonly urgent: Rotation<string, number>
  readonly relaxed: Rotation<string, number>
}

/** Invariant: a key is never worked on twice at the same time */
export function createDirtyKeys(groupOf: (key: string) => string): DirtyKeys {
  const ready = createLanes()
  // Keys that are worked on and want it once more.
  const held = createLanes()
  const lanes = [ready.urgent, ready.relaxed, held.urgent, held.relaxed]
  const working = createRotation<string, true>()
  let isRelaxedsTurn = false

  function takeReady(mayTake: MayTake): Taken | undefined {
    const isFree = (group: string) => mayTake(working.sizeOf(group))
    const takeUrgent = () => ready.urgent.take(isFree)
    const takeRelaxed = () => ready.relaxed.take((group) => isFree(group) && !ready.urgent.hasGroup(group))
    const item = isRelaxedsTurn ? (takeRelaxed() ?? takeUrgent()) : (takeUrgent() ?? takeRelaxed())
    isRelaxedsTurn = !isRelaxedsTurn
    return item && { key: item.key, since: item.value }
  }

  return {
    add: (key, isUrgent) => {
      const group = groupOf(key)
      return addTo(working.has(group, key) ? held : ready, { group, key }, isUrgent)
    },
    take: (mayTake) => {
      const next = takeReady(mayTake)
      if (next) working.add(groupOf(next.key), next.key, true)
      return next
    },
    done: (key) => {
      const place = { group: groupOf(key), key }
      working.remove(place.group, key)
      move(place, held.urgent, ready.urgent)
      move(place, held.relaxed, ready.relaxed)
    },
    isDirty: (key) => lanes.some((lane) => lane.has(groupOf(key), key)),
    size: () => lanes.reduce((size, lane) => size + lane.size(), 0),
    taken: working.size,
    clear: () => {
      for (const lane of lanes) lane.clear()
    },
  }
}

function createLanes(): Lanes {
  return { urgent: createRotation(), relaxed: createRotation() }
}

interface Place {
  readonly group: string
  readonly key: string
}

function addTo({ urgent, relaxed }: Lanes, place: Place, isUrgent: boolean): boolean {
  const { group, key } = place
  if (urgent.has(group, key)) return false
  if (relaxed.has(group, key)) {
    if (isUrgent) move(place, relaxed, urgent)
    return false
  }
  const lane = isUrgent ? urgent : relaxed
  lane.add(group, key, performance.now())
  return true
}

function move({ group, key }: Place, from: Rotation<string, number>, to: Rotation<string, number>): void {
  const since = from.remove(group, key)
  if (since !== undefined) to.add(group, key, since)
}
