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

/** Whether the written status tells clients how to reach a Pod as it is. */
export function isPublished({ address, tlsServerName }: Pod, { status }: Buildkit): boolean {
  const isIt = (endpoint: Endpoint) => endpoint.address === address && endpoint.tlsServerName === tlsServerName
  return status.endpoints?.some(isIt) ?? false
}

/** Whether it is the one that the written status names before all others. */
export function isPreferred({ address }: Pod, { status }: Buildkit): boolean {
  return address !== undefined && address === status.endpoint
}
