import type { Buildkit, Endpoint } from '../observation.ts'
import type { Pod } from '../pod.ts'

/** How clients reach the Pod that serves for a replica, as the status has it. */
export function endpointOf({ name, nodeName, address, tlsServerName }: Pod, replica: number): Endpoint {
  return {
    podName: name,
    ...(replica > 0 && { replica }),
    ...(nodeName !== undefined && { nodeName }),
    address: address as string,
    ...(tlsServerName !== undefined && { tlsServerName }),
  }
}

/** Whether clients who use an endpoint reach this Pod, and verify the name of its certificate. */
export function isAt({ address, tlsServerName }: Pod, endpoint: Endpoint): boolean {
  return endpoint.address === address && endpoint.tlsServerName === tlsServerName
}

/** Whether the written status tells clients how to reach a Pod as it is. */
export function isPublished(pod: Pod, { status }: Buildkit): boolean {
  return status.endpoints?.some((endpoint) => isAt(pod, endpoint)) ?? false
}

/** Whether it is the one that the written status names before all others. */
export function isPreferred({ address }: Pod, { status }: Buildkit): boolean {
  return address !== undefined && address === status.endpoint
}
