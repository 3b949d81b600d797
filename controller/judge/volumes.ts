import type { Now } from '../kube/now.ts'
import type { Pod, Trouble } from '../pod.ts'
import { WAITING_FOR_VOLUMES } from '../reasons.ts'
import { currentPod } from './serving.ts'
import type { Slot } from './slot.ts'

/** How long a node may take to mount volumes and to set up a network before the status names them. */
const MOUNTING_MILLISECONDS = 30_000

/** What a Pod waits for that its node has not prepared for long; undefined for any other. */
export function volumesTrouble({ mounting, mountingSeen, name, namespace }: Pod, now: Now): Trouble | undefined {
  if (!mounting || now.steady < overdueAt(mountingSeen)) return undefined
  const message = `Pod "${name}" waits for its node to mount its volumes or to set up its network; it needs ${mounting.needs}; run \`kubectl describe pod ${name} --namespace ${namespace}\` to see what is missing`
  return { reason: WAITING_FOR_VOLUMES, message }
}

/** When the current Pod has waited for that long, by the steady clock; infinite if it does not wait. */
export function volumesOverdueAt(slot: Slot): number {
  const { mounting, mountingSeen } = currentPod(slot) ?? {}
  return mounting ? overdueAt(mountingSeen) : Number.POSITIVE_INFINITY
}

function overdueAt(seen = Number.POSITIVE_INFINITY): number {
  return seen + MOUNTING_MILLISECONDS
}
