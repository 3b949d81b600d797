import type { Pod } from '../../../controller/pod.ts'
import { isSuperseded } from './superseded.ts'
import { nextVersion, type World, wholeSeconds } from './world.ts'

const GRACE_MILLISECONDS = 900_000

/** What may happen to a Pod. */
export const DOINGS = ['ready', 'unready', 'crash', 'fail', 'evict', 'terminate', 'gone'] as const
export type Doing = (typeof DOINGS)[number]

/** Lets something happen to a Pod, where that can happen to it. */
export function doToPod(world: World, name: string, doing: Doing): void {
  const pod = world.pods.get(name)
  if (!pod) return
  if (doing === 'gone') {
    if (pod.deletionDeadline !== undefined) remove(world, pod)
    return
  }
  const change = CHANGES[doing](pod, world)
  if (change.finished !== undefined) world.ended.set(pod.uid, world.now)
  world.pods.set(name, { ...pod, ...change, resourceVersion: nextVersion(world) })
}

/** Asks for the end of a Pod; it stays until its grace period is over. */
export function terminate(world: World, { name }: Pod): void {
  doToPod(world, name, 'terminate')
}

/** Removes the Pods whose grace period is over. */
export function removeTerminated(world: World): void {
  for (const pod of world.pods.values()) {
    if (pod.deletionDeadline !== undefined && pod.deletionDeadline <= world.now) remove(world, pod)
  }
}

/** When the next Pod is to be removed. */
export function nextRemoval({ pods }: World): number {
  return Math.min(...[...pods.values()].map(({ deletionDeadline }) => deletionDeadline ?? Number.POSITIVE_INFINITY))
}

const CHANGES: Readonly<Record<Exclude<Doing, 'gone'>, (pod: Pod, world: World) => Partial<Pod>>> = {
  ready: (pod, world) =>
    pod.finished === undefined && !isHeldBack(pod, world) ? { phase: 'Running', isReady: true } : {},
  unready: () => ({ isReady: false }),
  // It was unready in between; a watch may tell of both at once.
  crash: ({ finished, crashes = 0, isReady }, { now, nodeSkew }) =>
    finished === undefined && isReady ? { isReady: false, crashes: crashes + 1, restarted: now + nodeSkew } : {},
  fail: ended(false),
  evict: ended(true),
  terminate: ({ deletionDeadline }, { now }) => ({
    deletionDeadline: deletionDeadline ?? wholeSeconds(now + GRACE_MILLISECONDS),
    graceMilliseconds: GRACE_MILLISECONDS,
  }),
}

/** The volume of a replica is free when those that had it before have ended. */
function isHeldBack(pod: Pod, world: World): boolean {
  if (!(world.isExclusive && pod.mustFollow)) return false
  const others = [...world.pods.values()].filter(
    ({ uid, finished, replica }) => uid !== pod.uid && finished === undefined && replica === pod.replica,
  )
  return others.some((other) => other.deletionDeadline !== undefined || isSuperseded(other, world))
}

function ended(wasDisrupted: boolean) {
  return ({ finished }: Pod, { now, nodeSkew }: World): Partial<Pod> =>
    finished === undefined
      ? { phase: 'Failed', isReady: false, finished: wholeSeconds(now + nodeSkew), wasDisrupted }
      : {}
}

function remove(world: World, { name, uid }: Pod): void {
  world.pods.delete(name)
  world.pending.delete(uid)
}
