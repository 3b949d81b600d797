import type { V1ContainerStatus, V1PodStatus } from '@kubernetes/client-node'
import { containersOf } from './containers-of.ts'
import type { Pod } from './pod.ts'

/** A container that ran for as long was no crash loop: a kubelet forgets its back-off then, too (`pkg/kubelet`, MaxContainerBackOff). */
const STEADY_MILLISECONDS = 600_000

/**
 * How often a container of the Pod that runs now has ended and was started again, as its kubelet counts, and when that was last;
 * nothing where the run before was a long one, by the clock of the node alone.
 */
export function crashesOf(status: V1PodStatus): Pick<Pod, 'crashes' | 'restarted'> {
  const [worst] = containersOf(status)
    .filter(hasCrashed)
    .sort((a, b) => b.restartCount - a.restartCount)
  const restarted = Date.parse(String(worst?.state?.running?.startedAt))
  return worst && !Number.isNaN(restarted) ? { crashes: Math.max(worst.restartCount, 1), restarted } : {}
}

function hasCrashed({ state, lastState }: V1ContainerStatus): boolean {
  const { startedAt, finishedAt } = lastState?.terminated ?? {}
  const ran = Date.parse(String(finishedAt)) - Date.parse(String(startedAt))
  return state?.running !== undefined && lastState?.terminated !== undefined && !(ran >= STEADY_MILLISECONDS)
}
