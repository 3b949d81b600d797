import type { Pod } from '../../../controller/pod.ts'
import { type World, wholeSeconds } from './world.ts'

/**
 * Whether a Pod was there when the present names came into the world, was known to the controller from others, and is to be deleted by it.
 */
export function isSuperseded(pod: Pod, { buildkit, podNamesChanged, controller }: World): boolean {
  const since = wholeSeconds(Math.min(podNamesChanged, controller.podSince))
  return !buildkit?.podNames.includes(pod.name) && isOurs(pod) && !pod.isRetiredByEngine && pod.created < since
}

/** The replica that a Pod counts for; one that Git has taken away counts for the last one. */
export function replicaOf({ replica = 0 }: Pod, { buildkit }: World): number {
  return Math.min(replica, (buildkit?.podNames.length ?? 1) - 1)
}

/** The current Pod that takes the place of a Pod. */
export function successorOf(pod: Pod, world: World): Pod | undefined {
  return world.pods.get(world.buildkit?.podNames[replicaOf(pod, world)] ?? '')
}

/** Whether it was not renamed, and is no other controller's. */
export function isOurs({ name, controller }: Pod): boolean {
  return name.startsWith('b-') && controller === undefined
}
