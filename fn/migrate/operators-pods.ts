import { GROUP, isPodNameFor, labelValueOf } from '../../crds/names.ts'
import { isMapping, type KubernetesObject } from '../input/item.ts'
import { isDnsSubdomain } from '../upstream/kubernetes/labels.ts'

/** A Pod that the operator made for a Buildkit. */
export interface OperatorsPod {
  readonly namespace: string | undefined
  readonly name: string
  /** The Buildkit's name. */
  readonly buildkit: string
  /** Whether it is known to wait for its builds before it stops. */
  readonly drains: boolean
}

/** Whether all names of a Pod can be such in a cluster. They go into a shell script, and a file may hold anything. */
export function hasNamesOfACluster({ namespace = 'default', name, buildkit }: OperatorsPod): boolean {
  return [namespace, name, buildkit].every(isDnsSubdomain)
}

/**
 * The operator's Pods of these Buildkits: those among `pods` that a Buildkit owns, or, where the input has no Pods at all, those that
 * the operator has noted in the status of each Buildkit.
 */
export function operatorsPods(
  buildkits: readonly KubernetesObject[],
  pods: readonly KubernetesObject[],
): readonly OperatorsPod[] {
  if (pods.length === 0) return buildkits.flatMap(notedPods)
  const known = new Set(buildkits.map(({ metadata }) => idOf(metadata.namespace, metadata.name)))
  return pods.flatMap((object) => {
    const pod = ownedPod(object)
    return pod && known.has(idOf(pod.namespace, pod.buildkit)) ? [pod] : []
  })
}

function idOf(namespace = '', name = ''): string {
  return `${namespace}/${name}`
}

/** Rendered Pods never have an owner. */
function ownedPod({ metadata, spec }: KubernetesObject): OperatorsPod | undefined {
  const { name = '', namespace, ownerReferences, deletionTimestamp } = metadata
  const owner = mappingsIn(ownerReferences).find(
    ({ apiVersion, kind }) => String(apiVersion).startsWith(`${GROUP}/`) && kind === 'Buildkit',
  )
  if (!owner || deletionTimestamp !== undefined) return undefined
  return { namespace, name, buildkit: String(owner.name), drains: hasPreStop(spec) }
}

function hasPreStop(spec: unknown): boolean {
  const containers = isMapping(spec) ? mappingsIn(spec.containers) : []
  return containers.some(({ lifecycle }) => isMapping(lifecycle) && lifecycle.preStop !== undefined)
}

/** Our controller notes the Pods of its Buildkits in the same place. A Pod is in the namespace of its Buildkit, or is not of it. */
function notedPods({ metadata, status }: KubernetesObject): readonly OperatorsPod[] {
  const { name: buildkit = '', namespace } = metadata
  const refs = isMapping(status) ? mappingsIn(status.resourceRefs) : []
  return refs
    .filter(({ kind, name }) => kind === 'Pod' && !isPodNameFor(labelValueOf(buildkit), String(name)))
    .filter((ref) => (ref.namespace ?? namespace) === namespace)
    .map(({ name }) => ({ namespace, name: String(name), buildkit, drains: false }))
}

function mappingsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isMapping) : []
}
