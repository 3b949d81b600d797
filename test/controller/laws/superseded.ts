import type { Pod } from '../../../controller/pod.ts'
import { type World, wholeSeconds } from './world.ts'

/**
 * Whether a Pod was there when the present `spec.podName` came into the world, was known to the controller from others, and is to be
 * deleted by it.
 */
export function isSuperseded(pod: Pod, { buildkit, podNameChanged, controller }: World): boolean {
  const since = wholeSeconds(Math.min(podNameChanged, controller.podSince))
  return pod.name !== buildkit?.podName && isOurs(pod) && !pod.isRetiredByEngine && pod.created < since
}

/** Whether it was not renamed, and is no other controller's. */
export function isOurs({ name, controller }: Pod): boolean {
  return name.startsWith('b-') && controller === undefined
}
