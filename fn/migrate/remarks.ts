import { GROUP } from '../../crds/names.ts'
import { type Item, isMapping, type KubernetesObject } from '../input/item.ts'
import { isBookkeeping } from '../render/reserved-keys.ts'
import { type Finding, fieldFinding, inputFinding, objectFinding } from '../results/finding.ts'
import { plural } from '../results/words.ts'

/** A namespace becomes the name of a folder. */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

const NOTHING = inputFinding(
  'error',
  'must contain Buildkits or BuildkitTemplates, but has none; run kubectl get buildkits,buildkittemplates,pods -A -o yaml | render-buildkit migrate',
)

const NO_PODS = inputFinding(
  'info',
  'the Pods are those in the status of each Buildkit, and none is known to drain its builds; add `pods` to the kubectl command to find out',
)

/** What there is to say of the input itself, and of what does not go to Git. */
export function remarks({ live, ending, pods }: Sources): readonly Finding[] {
  if (live.length + ending.length === 0) return [NOTHING]
  return [
    ...live.flatMap(namespaceResults),
    ...ending.map((item) => objectFinding('warning', item, 'was left out, because it is being deleted')),
    ...live.flatMap(finalizerResults),
    ...ownerResults(live.filter(({ object }) => object?.metadata.ownerReferences !== undefined)),
    ...engineResults(live.filter(({ object }) => object && isAppliedByEngine(object))),
    ...(pods.length === 0 ? [NO_PODS] : []),
  ]
}

function namespaceResults(item: Item): readonly Finding[] {
  const { namespace } = item.object?.metadata ?? {}
  if (namespace === undefined || NAMESPACE.test(namespace)) return []
  const message = `must be a name of lower-case letters, digits and "-", got ${JSON.stringify(namespace)}`
  return [fieldFinding('error', item, { path: ['metadata', 'namespace'], message, currentValue: namespace })]
}

function finalizerResults(item: Item): readonly Finding[] {
  const { finalizers } = item.object?.metadata ?? {}
  if (!(Array.isArray(finalizers) && finalizers.length > 0)) return []
  const message = `${finalizers.map((one) => `"${one}"`).join(', ')} stays on the object in the cluster, and was left out here; the operator sets none`
  return [fieldFinding('info', item, { path: ['metadata', 'finalizers'], message })]
}

function ownerResults(owned: readonly Item[]): readonly Finding[] {
  const [first] = owned
  if (!first) return []
  const message = `is valid in this cluster only, and deletes the Buildkit with its owner although it is in Git; remove it, and \`requireOwner\` from the template, unless you want that (${plural(owned.length, 'object')})`
  return [fieldFinding('warning', first, { path: ['metadata', 'ownerReferences'], message })]
}

function engineResults(applied: readonly Item[]): readonly Finding[] {
  const [first] = applied
  if (!first) return []
  const message = `is applied by a GitOps engine or Helm, so its manifest is already in Git; render that manifest instead of a copy (${plural(applied.length, 'object')})`
  return [objectFinding('warning', first, message)]
}

/** What migrating reads; everything else in its input is left alone. */
export interface Sources {
  /** Buildkits and templates. */
  readonly live: readonly Item[]
  /** Those that are being deleted. */
  readonly ending: readonly Item[]
  readonly pods: readonly Item[]
  /** What may be one of these, and cannot be read. */
  readonly broken: readonly Item[]
}

/** The operator's objects among `items`. */
export function sourcesIn(items: readonly Item[]): Sources {
  const ours = items.filter(({ object, error }) => !error && object?.apiVersion.startsWith(`${GROUP}/`))
  const ending = ours.filter(({ object }) => object?.metadata.deletionTimestamp !== undefined)
  return {
    live: ours.filter((item) => !ending.includes(item)),
    ending,
    pods: items.filter(({ object }) => object?.kind === 'Pod' && object.apiVersion === 'v1'),
    broken: items.filter(({ error }) => error !== undefined),
  }
}

/** Whether an engine applies the object already, so that its manifest stands somewhere in Git. */
function isAppliedByEngine({ metadata }: KubernetesObject): boolean {
  const keys = [metadata.labels, metadata.annotations].flatMap((map) => (isMapping(map) ? Object.keys(map) : []))
  return keys.some((key) => isBookkeeping(key) && !key.startsWith('kubectl.'))
}
