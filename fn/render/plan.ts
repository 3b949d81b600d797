import { BUILDKIT_LABEL, labelValueOf, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import { grouped } from '../common/collections.ts'
import type { RenderConfig } from '../config/render-config.ts'
import type { Item, KubernetesObject, Source } from '../input/item.ts'
import type { Origin } from '../input/orchestrator-annotations.ts'
import { blueprints } from './blueprint.ts'
import { isUpToDate } from './differences.ts'
import { type Claim, contentsOf, expand, expandClaim, type Pod } from './expand.ts'
import type { Builder } from './resolve.ts'
import { renderedBefore, type Selection } from './select.ts'

/** An object that Git shall have, and what there is of it. */
interface Wanting {
  /** The object from an earlier render whose place this one takes. */
  readonly existing: Source<KubernetesObject> | undefined
  readonly isUpToDate: boolean
  /** Where an object without a predecessor goes. */
  readonly origin: Origin | undefined
}

/** The Pod that Git shall have for a builder. */
export interface Wanted extends Wanting {
  readonly builder: Builder
  readonly pod: Pod
  /** Missing where the template keeps its cache elsewhere. */
  readonly claim?: WantedClaim
}

/** The PersistentVolumeClaim that Git shall have for a builder. */
export interface WantedClaim extends Wanting {
  readonly claim: Claim
}

/** What has to change so that the input is up to date. */
export interface Plan {
  readonly wanted: readonly Wanted[]
  /** Pods and claims from an earlier render that nothing needs any more. */
  readonly stale: readonly Source<KubernetesObject>[]
}

/** What of an earlier render there is, by the builder that it is of, and what decides about the next. */
interface Before {
  readonly pods: ByOwner
  readonly claims: ByOwner
  readonly blueprintOf: ReturnType<typeof blueprints>
  readonly placement: Placement
  readonly retirement: RenderConfig['retirement']
}

type ByOwner = ReadonlyMap<string, readonly Source<KubernetesObject>[]>

/** The Pods and claims of all builders beside those that an earlier render made. Invariant: rendering twice changes nothing. */
export function planOf(builders: readonly Builder[], selection: Selection, { retirement }: RenderConfig): Plan {
  const { items } = selection
  const [pods, claims] = [byOwner(selection.pods), byOwner(selection.claims)]
  const before: Before = { pods, claims, blueprintOf: blueprints(), placement: placement(items), retirement }
  const wanted = inOrderOfPlace(builders).map((builder) => wantedOf(builder, before))
  const claimed = new Set(wanted.flatMap(({ existing, claim }) => [existing, claim?.existing]))
  return { wanted, stale: renderedBefore(selection).filter((one) => !claimed.has(one)) }
}

function wantedOf(builder: Builder, before: Before): Wanted {
  const { placeBeside, placeIn } = before.placement
  const { value, item } = builder.buildkit
  const { name, namespace } = value.metadata
  const key = ownerKey(namespace, labelValueOf(name))
  const pod = wantedPod(builder, before, before.pods.get(key))
  const claim = wantedClaim(builder, before.claims.get(key))
  const beside = () => placeBeside(item, name)
  const inFileOfPod = () => (pod.existing ? placeIn(pod.existing.item) : beside())
  // The claim comes first, so that what applies a file in its order finds it.
  const placed = claim && { ...claim, origin: claim.existing ? claim.existing.item.origin : inFileOfPod() }
  const origin = pod.existing ? pod.existing.item.origin : beside()
  return { builder, ...pod, origin, ...(placed && { claim: placed }) }
}

function wantedPod(
  builder: Builder,
  { blueprintOf, retirement }: Before,
  earlier: readonly Source<KubernetesObject>[] = [],
): Pick<Wanted, 'pod' | 'existing' | 'isUpToDate'> {
  const blueprint = blueprintOf(builder.template.value, builder.buildkit.value)
  const pod = expand(builder, blueprint, retirement)
  const same = earlier.find(({ value }) => value.metadata.name === pod.name)
  const kept = same ? expand(builder, blueprint, retirementOf(same.value)) : pod
  return {
    pod: kept,
    existing: same ?? earlier[0],
    isUpToDate: same !== undefined && isUpToDate(same.value, contentsOf(kept)),
  }
}

function wantedClaim(
  builder: Builder,
  earlier: readonly Source<KubernetesObject>[] = [],
): Omit<WantedClaim, 'origin'> | undefined {
  const claim = expandClaim(builder)
  if (!claim) return undefined
  const same = earlier.find(({ value }) => value.metadata.name === claim.name)
  return { claim, existing: same ?? earlier[0], isUpToDate: same !== undefined && isUpToDate(same.value, claim) }
}

function byOwner(objects: readonly Source<KubernetesObject>[]): ByOwner {
  return grouped(objects, ({ value: { metadata } }) =>
    ownerKey(metadata.namespace, String(metadata.labels?.[BUILDKIT_LABEL])),
  )
}

/** Two Buildkits of one name may share a folder; which of their Pods comes first in the file must not depend on the input's order. */
function inOrderOfPlace(builders: readonly Builder[]): readonly Builder[] {
  const namespaceOf = ({ buildkit }: Builder) => buildkit.value.metadata.namespace ?? ''
  return [...builders].sort((a, b) => Number(namespaceOf(a) > namespaceOf(b)) - Number(namespaceOf(a) < namespaceOf(b)))
}

/** A change of the mode takes effect from the next Pod on: a Pod keeps the one that it was made with. */
function retirementOf({ metadata }: KubernetesObject): RenderConfig['retirement'] {
  return metadata.annotations?.[RETIREMENT_ANNOTATION] === 'engine' ? 'engine' : 'controller'
}

function ownerKey(namespace: string | undefined, label: string): string {
  return `${namespace ?? ''}/${label}`
}

/** Where new objects go. */
interface Placement {
  /** The next place in the file of an object; undefined where that has none. */
  readonly placeIn: (object: Item) => Origin | undefined
  /** A new Pod's place beside its Buildkit; undefined where the Buildkit has none (kustomize, a stream). */
  readonly placeBeside: (buildkit: Item, buildkitName: string) => Origin | undefined
}

/** `pod_<buildkit>.yaml` in the folder of the Buildkit's file: a name that stays, so that a changed Pod reads as a diff. */
function podPath(buildkitPath: string, buildkitName: string): string {
  return `${buildkitPath.slice(0, buildkitPath.lastIndexOf('/') + 1)}pod_${buildkitName}.yaml`
}

/** Gives each new object the next index that no object of that file has yet, among `items` and those placed before. */
function placement(items: readonly Item[]): Placement {
  const nextIndex = new Map<string, number>()
  const take = ({ path, index, packagePath }: Origin) => {
    const file = fileOf(path, packagePath)
    nextIndex.set(file, Math.max(nextIndex.get(file) ?? 0, index + 1))
  }
  for (const { origin } of items) if (origin) take(origin)
  const placeAt = (origin: Origin) => {
    const place = { ...origin, index: nextIndex.get(fileOf(origin.path, origin.packagePath)) ?? 0 }
    take(place)
    return place
  }
  return {
    placeIn: ({ origin }) => origin && placeAt(origin),
    placeBeside: ({ origin }, buildkitName) =>
      origin && placeAt({ ...origin, path: podPath(origin.path, buildkitName) }),
  }
}

/** Sub-packages have paths of their own, so that a path alone does not name a file. */
function fileOf(path: string, packagePath: string | undefined): string {
  return `${packagePath ?? ''}\n${path}`
}
