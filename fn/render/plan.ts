import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { labelValueOf, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import { grouped } from '../common/collections.ts'
import type { RenderConfig } from '../config/render-config.ts'
import { isMapping, type KubernetesObject, objectId, type Source } from '../input/item.ts'
import type { Origin } from '../input/orchestrator-annotations.ts'
import { blueprints } from './blueprint.ts'
import { isUpToDate } from './differences.ts'
import { type Contents, contentsOf, expand, expandBeside, expandCertificate, type Pod } from './expand.ts'
import { hasHashedName, isCopy, ownerOf } from './kinds.ts'
import { type Placement, placement } from './placement.ts'
import type { Builder } from './resolve.ts'
import type { Selection } from './select.ts'
import { selectorOfOthers } from './service.ts'

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
  /** What it has beside that, in the order in which it is needed. */
  readonly beside: readonly WantedObject[]
}

/** An object beside the Pod that Git shall have for a builder, or for all builders of a template. */
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

/** Finds the object of an earlier render whose place another one takes, by its name and by the label that says whose it is. */
type Find = (wanted: Identity, owner: string) => Source<KubernetesObject> | undefined
type Identity = Pick<Contents, 'kind' | 'namespace' | 'name'>

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
  const kept = new Set([...wanted.flatMap((one) => [one, ...one.beside]), ...shared].map(({ existing }) => existing))
  return { wanted, shared, stale: rendered.filter((one) => !kept.has(one)) }
}

/** What has the name comes first, for a Service whatever its label: layers above rename it together with its Buildkit, and leave that. */
function existingAmong(rendered: readonly Source<KubernetesObject>[]): Find {
  const byName = new Map(rendered.map((one) => [keyOf(one.value.kind, one.value.metadata), one] as const).reverse())
  const own = rendered.filter(({ value }) => !isCopy(value))
  const byOwner = grouped(own, ({ value }) => keyOf(value.kind, { ...value.metadata, name: ownerOf(value) }))
  return ({ kind, namespace, name }, ownerName) => {
    const owner = labelValueOf(ownerName)
    const same = byName.get(keyOf(kind, { namespace, name }))
    const isIt = same && (ownerOf(same.value) === owner || !hasHashedName(kind))
    return isIt ? same : byOwner.get(keyOf(kind, { namespace, name: owner }))?.[0]
  }
}

function keyOf(kind: string, { namespace, name }: Partial<Pick<Identity, 'namespace' | 'name'>>): string {
  return `${kind} ${objectId(namespace, name)}`
}

function wantedOf(builder: Builder, before: Before): Wanted {
  const { placeBeside, placeIn } = before.placement
  const { value, item } = builder.buildkit
  const { name } = value.metadata
  const pod = wantedPod(builder, before)
  const newPlace = () => placeBeside(item, `pod_${name}`)
  // The rest comes first, so that what applies a file in its order finds it.
  const placeOfOther = () => (pod.existing ? placeIn(pod.existing.item) : newPlace())
  const beside = expandBeside(builder).map((contents) => {
    const existing = before.existingFor(contents, name)
    return wantedObject(withSelectorOf(existing, contents, pod), placeOfOther, existing)
  })
  return { builder, ...pod, origin: pod.existing ? pod.existing.item.origin : newPlace(), beside }
}

function wantedPod(
  builder: Builder,
  { blueprintOf, retirement, existingFor }: Before,
): Pick<Wanted, 'pod' | 'existing' | 'isUpToDate'> {
  const blueprint = blueprintOf(builder.template.value, builder.buildkit.value)
  const pod = expand(builder, blueprint, retirement)
  const existing = existingFor({ kind: 'Pod', ...pod }, builder.buildkit.value.metadata.name)
  if (existing?.value.metadata.name !== pod.name) return { pod, existing, isUpToDate: false }
  const kept = expand(builder, blueprint, retirementOf(existing.value))
  return { pod: kept, existing, isUpToDate: isUpToDate(existing.value, contentsOf(kept)) }
}

function withSelectorOf(
  existing: Source<KubernetesObject> | undefined,
  contents: Contents,
  { pod, existing: running, isUpToDate: isSame }: Pick<Wanted, 'pod' | 'existing' | 'isUpToDate'>,
): Contents {
  if (contents.kind !== 'Service' || !isMapping(existing?.value.spec) || !running || !isSame) return contents
  const { spec } = contents
  const others = selectorOfOthers(existing.value.spec.selector, running.value.metadata, pod.labels)
  return { ...contents, spec: { ...spec, selector: { ...(spec.selector as object), ...others } } }
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
  return [{ template, anchor, ...wantedObject(contents, newPlace, before.existingFor(contents, name)) }]
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
