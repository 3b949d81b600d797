import { BUILDKIT_LABEL, labelValueOf, REPLICA_LABEL } from '../../crds/names.ts'

type Mapping = Readonly<Record<string, unknown>>

/** The greatest weight that a preference can have. */
const WEIGHT_MAX = 100

/**
 * The affinity of a replica but the first: what its template asks for, and a preference for nodes that have no other replica. The first
 * needs none, because the scheduler also asks the Pods that are there whether they would rather be without the new one (`processExistingPod`
 * in pkg/scheduler/framework/plugins/interpodaffinity/scoring.go). The Pod before it with the same index does not count: the node that has
 * that one's cache is as good as any.
 */
export function spread(affinity: unknown, buildkitName: string, replica: number): Mapping {
  const { podAntiAffinity = {}, ...others } = (affinity ?? {}) as { readonly podAntiAffinity?: Mapping }
  const preferred = (podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? []) as readonly unknown[]
  return {
    ...others,
    podAntiAffinity: {
      ...podAntiAffinity,
      preferredDuringSchedulingIgnoredDuringExecution: [...preferred, awayFromOthers(buildkitName, replica)],
    },
  }
}

function awayFromOthers(buildkitName: string, replica: number): Mapping {
  return {
    weight: WEIGHT_MAX,
    podAffinityTerm: {
      labelSelector: {
        matchLabels: { [BUILDKIT_LABEL]: labelValueOf(buildkitName) },
        matchExpressions: [{ key: REPLICA_LABEL, operator: 'NotIn', values: [String(replica)] }],
      },
      topologyKey: 'kubernetes.io/hostname',
    },
  }
}
