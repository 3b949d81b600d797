import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { labelValueOf, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import { grouped } from '../common/collections.ts'
import type { RenderConfig } from '../config/render-config.ts'
import { type KubernetesObject, objectId, type Source } from '../input/item.ts'
import type { Origin } from '../input/orchestrator-annotations.ts'
import { blueprints } from './blueprint.ts'
import { isUpToDate } from './differences.ts'
import { type Contents, contentsOf, expand, expandBeside, expandCertificate, type Pod, type Replica } from './expand.ts'
import { hasHashedName, isCopy, ownerOf } from './kinds.ts'
import { type Placement, placement } from './placement.ts'
import { ofReplicas, replicaIn } from './replicas.ts'
import type { Builder } from './resolve.ts'
import type { Selection } from './select.ts'
import { withLabelsOfOthers } from './selectors.ts'

/** An object that Git shall have, and what there is of it. */
interface Wanting {
  /** The object from an earlier render whose place this one takes. */
  readonly existing: Source<KubernetesObject> | undefined
  readonly isUpToDate: boolean
  /** Where an object without a predecessor goes. */
  readonly origin: Origin | undefined
}

/** A Pod that Git shall have for a builder. */
export interface WantedPod extends Wanting {
  readonly pod: Pod
}

/** What Git shall have for a builder. */
export interface Wanted {
  readonly builder: Builder
  /** In the order of the replicas. */
  readonly pods: readonly [WantedPod, ...WantedPod[]]
  /** What it has beside its Pods, in the order in which it is needed. */
  readonly beside: readonly WantedObject[]
}

/** An object beside Pods that Git shall have for a builder, or for all builders of a template. */
export interface WantedObject extends Wanting {
  readonly contents: Contents
}

/** What Git shall have once for all builders of a template. */
interface Shared extends WantedObject {
  readonly template: Source<BuildkitTemplate>
  /** The template, or where it is no part of the input the first of its Buildkits. */
  readonly anchor: Source<unknown>
}

/** What has to change so that the input is up to date. */
export interface Plan {
  readonly wanted: readonly Wanted[]
  readonly shared: readonly Shared[]
  /** What an earlier render made and nothing needs any more. */
  readonly stale: readonly Source<KubernetesObject>[]
}

/** What of an earlier render there is, and what decides about the next. */
interface Before {
  readonly existingFor: Find
  readonly blueprintOf: ReturnType<typeof blueprints>
  readonly placement: Placement
  readonly retirement: RenderConfig['retirement']
}

/**
 * Finds the object of an earlier render whose place another one takes, by its name and by the labels that say whose it is and of which
 * replica. What has the name of a sibling is the sibling's, whatever its labels.
 */
type Find = (wanted: Identity, owner: string, siblings: readonly string[]) => Source<KubernetesObject> | undefined
type Identity = Pick<Contents, 'kind' | 'namespace' | 'name' | 'labels'>

/** What builders shall have beside what an earlier render made. Invariant: rendering twice changes nothing. */
export function planOf(
  builders: readonly Builder[],
  { items, rendered, templates }: Selection,
  config: RenderConfig,
): Plan {
  const before: Before = {
    existingFor: existingAmong(rendered),
    blueprintOf: blueprints(),
    placement: placement(items),
    retirement: config.retirement,
  }
  const inOrder = inOrderOfPlace(builders)
  const wanted = inOrder.map((builder) => wantedOf(builder, before))
  const shared = templates.flatMap((template) => sharedOf(template, inOrder, before))
  const kept = new Set(
    [...wanted.flatMap((one) => [...one.pods, ...one.beside]), ...shared].map(({ existing }) => existing),
  )
  return { wanted, shared, stale: rendered.filter((one) => !kept.has(one)) }
}

/** What has the name comes first, for a Service whatever its label: layers above rename it together with its Buildkit, and leave that. */
function existingAmong(rendered: readonly Source<KubernetesObject>[]): Find {
  const byName = new Map(rendered.map((one) => [keyOf(one.value.kind, one.value.metadata), one] as const).reverse())
  const own = rendered.filter(({ value }) => !isCopy(value))
  const byOwner = grouped(own, ({ value }) => ownerKeyOf(value.kind, value.metadata, ownerOf(value)))
  return ({ kind, namespace, name, labels }, ownerName, siblings) => {
    const owner = labelValueOf(ownerName)
    const same = byName.get(keyOf(kind, { namespace, name }))
    if (same && (ownerOf(same.value) === owner || !hasHashedName(kind))) return same
    const former = byOwner.get(ownerKeyOf(kind, { namespace, labels }, owner))
    return former?.find(({ value }) => !siblings.includes(String(value.metadata.name)))
  }
}

function keyOf(kind: string, { namespace, name }: Partial<Pick<Identity, 'namespace' | 'name'>>): string {
  return `${kind} ${objectId(namespace, name)}`
}

/** Equal for what may take the place of one another. */
function ownerKeyOf(kind: string, { namespace, labels }: Partial<Identity>, owner: string): string {
  return `${keyOf(kind, { namespace, name: owner })} ${replicaIn(labels)}`
}

function wantedOf(builder: Builder, before: Before): Wanted {
  const { placeBeside, placeIn } = before.placement
  const { value, item } = builder.buildkit
  const { name } = value.metadata
  const blueprint = before.blueprintOf(builder.template.value, value)
  const made = ofReplicas(value, (replica) => expand({ ...builder, replica }, blueprint, before.retirement))
  const others = expandBeside(builder)
  const siblings = [...made, ...others].map((one) => one.name)
  const existingFor = (one: Identity) => before.existingFor(one, name, siblings)
  const found = made.map((pod, replica) => foundPod({ ...builder, replica }, pod, existingFor))
  // All Pods are in one file, so that a kustomization that lists it need not change with their number.
  const neighbour = found.find(({ existing }) => existing)?.existing
  const newPlace = () => (neighbour ? placeIn(neighbour.item) : placeBeside(item, `pod_${name}`))
  // The rest comes first, so that what applies a file in its order finds it.
  const beside = others.map((contents) => {
    const existing = existingFor(contents)
    return wantedObject(withSelectorOf(existing, contents, found), newPlace, existing)
  })
  const pods = found.map((one) => ({ ...one, origin: one.existing ? one.existing.item.origin : newPlace() }))
  return { builder, pods: pods as unknown as Wanted['pods'], beside }
}

type Found = Omit<WantedPod, 'origin'>

function foundPod(replica: Replica, pod: Pod, existingFor: (one: Identity) => WantedPod['existing']): Found {
  const existing = existingFor({ kind: 'Pod', ...pod })
  if (existing?.value.metadata.name !== pod.name) return { pod, existing, isUpToDate: false }
  const kept = expand(replica, pod.blueprint, retirementOf(existing.value))
  return { pod: kept, existing, isUpToDate: isUpToDate(existing.value, contentsOf(kept)) }
}

/** What selects Pods, with the labels of others in its selector, unless some Pod is still without them. */
function withSelectorOf(
  existing: Source<KubernetesObject> | undefined,
  contents: Contents,
  pods: readonly Found[],
): Contents {
  if (!existing || !pods.every(({ isUpToDate: isSame }) => isSame)) return contents
  const labelsOfPods = pods.map(({ existing: running }) => running?.value.metadata.labels ?? {})
  return withLabelsOfOthers(contents, existing.value, { labelsOfPods, ours: pods[0]?.pod.labels ?? {} })
}

function wantedObject(
  contents: Contents,
  newPlace: () => Origin | undefined,
  existing: Source<KubernetesObject> | undefined,
): WantedObject {
  return {
    contents,
    existing,
    isUpToDate: existing !== undefined && isUpToDate(existing.value, contents),
    origin: existing ? existing.item.origin : newPlace(),
  }
}

/** Also of a template without Buildkits: those of another one may mount its Secret. */
function sharedOf(template: Source<BuildkitTemplate>, builders: readonly Builder[], before: Before): readonly Shared[] {
  const contents = expandCertificate(template)
  if (!contents) return []
  const anchor = template.at < 0 ? builders.find((one) => one.template === template)?.buildkit : template
  if (!anchor) return []
  const { name } = template.value.metadata
  const newPlace = () => before.placement.placeBeside(anchor.item, `certificate_${name}`)
  return [{ template, anchor, ...wantedObject(contents, newPlace, before.existingFor(contents, name, [])) }]
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
