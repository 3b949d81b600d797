import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { labelValueOf, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import { grouped } from '../common/collections.ts'
import type { RenderConfig } from '../config/render-config.ts'
import { type Item, type KubernetesObject, objectId, type Source } from '../input/item.ts'
import type { Origin } from '../input/orchestrator-annotations.ts'
import { blueprints } from './blueprint.ts'
import { isUpToDate } from './differences.ts'
import { type Contents, contentsOf, expand, expandBeside, expandCertificate, type Pod } from './expand.ts'
import { ownerOf } from './kinds.ts'
import type { Builder } from './resolve.ts'
import type { Selection } from './select.ts'

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

/** What of an earlier render there is, by the builder that it is of, and what decides about the next. */
interface Before {
  readonly rendered: ByOwner
  readonly blueprintOf: ReturnType<typeof blueprints>
  readonly placement: Placement
  readonly retirement: RenderConfig['retirement']
}

type ByOwner = ReadonlyMap<string, readonly Source<KubernetesObject>[]>

/** What builders shall have beside what an earlier render made. Invariant: rendering twice changes nothing. */
export function planOf(
  builders: readonly Builder[],
  { items, rendered, templates }: Selection,
  config: RenderConfig,
): Plan {
  const before: Before = {
    rendered: grouped(rendered, ({ value }) => ownerKey(value.kind, value.metadata.namespace, ownerOf(value))),
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

function wantedOf(builder: Builder, before: Before): Wanted {
  const { placeBeside, placeIn } = before.placement
  const { value, item } = builder.buildkit
  const { name, namespace } = value.metadata
  const label = labelValueOf(name)
  const pod = wantedPod(builder, before, before.rendered.get(ownerKey('Pod', namespace, label)))
  const newPlace = () => placeBeside(item, `pod_${name}`)
  // The rest comes first, so that what applies a file in its order finds it.
  const placeOfOther = () => (pod.existing ? placeIn(pod.existing.item) : newPlace())
  const beside = expandBeside(builder).map((contents) =>
    wantedObject(contents, placeOfOther, before.rendered.get(ownerKey(contents.kind, namespace, label))),
  )
  return { builder, ...pod, origin: pod.existing ? pod.existing.item.origin : newPlace(), beside }
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

function wantedObject(
  contents: Contents,
  newPlace: () => Origin | undefined,
  earlier: readonly Source<KubernetesObject>[] = [],
): WantedObject {
  const same = earlier.find(({ value }) => value.metadata.name === contents.name)
  const existing = same ?? earlier[0]
  return {
    contents,
    existing,
    isUpToDate: same !== undefined && isUpToDate(same.value, contents),
    origin: existing ? existing.item.origin : newPlace(),
  }
}

/** Also of a template without Buildkits: those of another one may mount its Secret. */
function sharedOf(template: Source<BuildkitTemplate>, builders: readonly Builder[], before: Before): readonly Shared[] {
  const contents = expandCertificate(template)
  if (!contents) return []
  const anchor = template.at < 0 ? builders.find((one) => one.template === template)?.buildkit : template
  if (!anchor) return []
  const { name, namespace } = template.value.metadata
  const earlier = before.rendered.get(ownerKey(contents.kind, namespace, labelValueOf(name)))
  const newPlace = () => before.placement.placeBeside(anchor.item, `certificate_${name}`)
  return [{ template, anchor, ...wantedObject(contents, newPlace, earlier) }]
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

function ownerKey(kind: string, namespace: string | undefined, label: string): string {
  return `${kind} ${objectId(namespace, label)}`
}

/** Where new objects go. */
interface Placement {
  /** The next place in the file of an object; undefined where that has none. */
  readonly placeIn: (object: Item) => Origin | undefined
  /** A place in `<name>.yaml` beside the file of an object; undefined where that has none (kustomize, a stream). */
  readonly placeBeside: (object: Item, name: string) => Origin | undefined
}

/** A name that stays, so that a changed Pod reads as a diff. */
function besidePath(path: string, name: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${name}.yaml`
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
    placeBeside: ({ origin }, name) => origin && placeAt({ ...origin, path: besidePath(origin.path, name) }),
  }
}

/** Sub-packages have paths of their own, so that a path alone does not name a file. */
function fileOf(path: string, packagePath: string | undefined): string {
  return `${packagePath ?? ''}\n${path}`
}
