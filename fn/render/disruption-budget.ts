import type { Buildkit } from '../../crds/buildkit.ts'
import { BUILDKIT_LABEL, labelValueOf } from '../../crds/names.ts'
import { replicasOf } from './replicas.ts'

/**
 * The `spec` of the PodDisruptionBudget of a Buildkit, which lets one of its Pods go at a time; undefined for one Pod, which no node could
 * ever be drained of. Of Pods without a controller only an integer `minAvailable` counts all (`getExpectedScale` in
 * pkg/controller/disruption/disruption.go). A Pod that is not ready serves nobody, and keeps no node.
 */
export function disruptionBudgetSpec(buildkit: Buildkit): Readonly<Record<string, unknown>> | undefined {
  const replicas = replicasOf(buildkit)
  if (replicas === 1) return undefined
  return {
    minAvailable: replicas - 1,
    selector: { matchLabels: { [BUILDKIT_LABEL]: labelValueOf(buildkit.metadata.name) } },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  }
}
