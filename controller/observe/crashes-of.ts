import type { V1ContainerStatus, V1PodStatus } from '@kubernetes/client-node'

/** A container that ran for as long was no crash loop: a kubelet forgets its back-off then, too (`pkg/kubelet`, MaxContainerBackOff). */
const STEADY_MILLISECONDS = 600_000

/**
 * How often the containers of a Pod have ended and were started again, as its kubelet counts; 0 where the last run was a long one, by
 * the clock of the node alone.
 */
export function crashesOf({ containerStatuses = [] }: V1PodStatus): number {
  return Math.max(0, ...containerStatuses.map(crashesOfContainer))
}

function crashesOfContainer({ restartCount, lastState }: V1ContainerStatus): number {
  const { startedAt, finishedAt } = lastState?.terminated ?? {}
  const ran = Date.parse(String(finishedAt)) - Date.parse(String(startedAt))
  return lastState?.terminated && !(ran >= STEADY_MILLISECONDS) ? Math.max(restartCount, 1) : 0
}
