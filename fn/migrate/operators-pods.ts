import { isDnsSubdomain } from '../../crds/dns-subdomain.ts'
import { BUILDKIT_LABEL, GROUP, isPodNameFor, labelValueOf, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import { isMapping, type KubernetesObject, mappingsIn, objectId } from '../input/item.ts'

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
  return podObjectsOf(buildkits, pods).flatMap((object) => ownedPod(object) ?? [])
}

interface Named {
  readonly metadata: { readonly name?: string; readonly namespace?: string | undefined }
}

/** The objects among `pods` that the operator made for one of these Buildkits. */
export function podObjectsOf(
  buildkits: readonly Named[],
  pods: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  const known = new Set(buildkits.map(({ metadata }) => objectId(metadata.namespace, metadata.name)))
  return pods.filter((object) => {
    const pod = ownedPod(object)
    return pod !== undefined && known.has(objectId(pod.namespace, pod.buildkit))
  })
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

/** What the operator's CRD, and its webhook for a rootless template, write into a template that has no `image`. */
const WRITTEN_BY_OPERATOR = ['moby/buildkit:latest', 'moby/buildkit:rootless']

/** The image in a template that cannot be told from the operator's default; undefined where the template has one of its own, or none. */
export function operatorsImage({ kind, spec }: KubernetesObject): string | undefined {
  if (kind !== 'BuildkitTemplate' || !isMapping(spec)) return undefined
  return WRITTEN_BY_OPERATOR.find((image) => image === spec.image)
}

/** A template without that image, so that its builders get the release that rendering is pinned to. */
export function withoutOperatorsImage(object: KubernetesObject): KubernetesObject {
  if (operatorsImage(object) === undefined) return object
  const { image: _, ...spec } = object.spec as Readonly<Record<string, unknown>>
  return { ...object, spec }
}

/**
 * A shell script by which buildkit-controller takes the operator's Pods for those of their Buildkits, so that endpoints stay. Pods
 * that would not wait for their builds get the annotation first that keeps it from deleting them.
 */
export function adoptionScript(pods: readonly OperatorsPod[]): readonly string[] {
  if (pods.length === 0) return []
  const cutting = byNamespace(pods.filter(({ drains }) => !drains))
  return [
    '# Run this when the operator is scaled down, and before buildkit-controller starts (docs/migrate.md).',
    ...(cutting.length > 0 ? keepScript(cutting) : []),
    ...pods.map(({ namespace, name, buildkit }) =>
      command('label', namespace, [name, `${BUILDKIT_LABEL}=${labelValueOf(buildkit)}`]),
    ),
  ]
}

function keepScript(groups: readonly Group[]): readonly string[] {
  return [
    '# These Pods are not known to drain their builds, so buildkit-controller must not delete them:',
    ...groups.map(([namespace, names]) =>
      command('annotate', namespace, [...names, `${RETIREMENT_ANNOTATION}=engine`]),
    ),
    '# Delete them yourself, once their Buildkits are READY and they are idle:',
    ...groups.map(([namespace, names]) => `# ${command('delete', namespace, names)}`),
  ]
}

type Group = readonly [namespace: string | undefined, names: readonly string[]]

function byNamespace(pods: readonly OperatorsPod[]): readonly Group[] {
  const groups = new Map<string | undefined, string[]>()
  for (const { namespace, name } of pods) groups.set(namespace, [...(groups.get(namespace) ?? []), name])
  return [...groups]
}

function command(verb: string, namespace: string | undefined, words: readonly string[]): string {
  const where = namespace === undefined ? [] : ['--namespace', namespace]
  return ['kubectl', verb, ...where, 'pods', '--', ...words].join(' ')
}
