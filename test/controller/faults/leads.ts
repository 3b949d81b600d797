import type { ControllerProcess } from '../../harness/servers/controller-process.ts'
import { eventually } from '../../harness/servers/eventually.ts'

export const LEASE = '/apis/coordination.k8s.io/v1/namespaces/buildkit-controller/leases/buildkit-controller'

/** A lease that runs out after four seconds. */
export const LEASE_ARGS = [
  '--leader-elect',
  '--lease-namespace=buildkit-controller',
  '--lease-duration=4s',
  '--lease-renew-deadline=3s',
  '--lease-retry-period=500ms',
]

/** 1 for a controller that leads, else 0. */
export function leads(controller: ControllerProcess): Promise<number> {
  return controller.metric('leader_election_master_status')
}

/** Seconds until a controller leads. */
export async function takeOver(controller: ControllerProcess): Promise<number> {
  const start = performance.now()
  await eventually(() => leads(controller), 1, 20)
  return (performance.now() - start) / 1000
}
