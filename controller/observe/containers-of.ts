import type { V1ContainerStatus, V1PodStatus } from '@kubernetes/client-node'

/** What a kubelet says of all containers of a Pod, in the order in which they start. */
export function containersOf(status: V1PodStatus): readonly V1ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
}
