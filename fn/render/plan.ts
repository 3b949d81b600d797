import { BUILDKIT_LABEL, labelValueOf, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import { grouped } from '../common/collections.ts'
import type { RenderConfig } from '../config/render-config.ts'
import type { Item, KubernetesObject, Source } from '../input/item.ts'
import type { Origin } from '../input/orchestrator-annotations.ts'
import { blueprints } from './blueprint.ts'
import { expand, type Pod } from './expand.ts'
import { isUpToDate } from './pod-differences.ts'
import type { Builder } from './resolve.ts'
import type { Selection } from './select.ts'

/** A Pod that Git shall have, and what there is of it. */
export interface Wanted {
  readonly builder: Builder
  readonly pod: Pod
  /** The Pod from an earlier render whose place this one takes. */
  readonly existing: Source<KubernetesObject> | undefined
  readonly isUpToDate: boolean
  /** Where a Pod without a predecessor goes. */
  readonly origin: Origin | undefined
}

/** What has to change so that the input is up to date. */
export interface Plan {
  readonly wanted: readonly Wanted[]
  /** Pods from an earlier render that nothing claims any more. */
  readonly stale: readonly Source<KubernetesObject>[]
}

/** The Pods of all builders beside those that an earlier render made. Invariant: rendering twice changes nothing. */
export function planOf(builders: readonly Builder[], { items, pods }: Selection, config: RenderConfig): Plan {
  const earlier = grouped(pods, ({ value: { metadata } }) =>
    ownerKey(metadata.namespace, String(metadata.labels?.[BUILDKIT_LABEL])),
  )
  const claimed = new Set<Source<KubernetesObject>>()
  const blueprintOf = blueprints()
  const { placeBeside } = placement(items)
  const wanted = inOrderOfPlace(builders).map((builder) => {
    const { value, item } = builder.buildkit
    const blueprint = blueprintOf(builder.template.value, value)
    const mine = earlier.get(ownerKey(value.metadata.namespace, labelValueOf(value.metadata.name))) ?? []
    const pod = expand(builder, blueprint, config.retirement)
    const same = mine.find((one) => one.value.metadata.name === pod.name)
    const kept = same ? expand(builder, blueprint, retirementOf(same.value)) : pod
    const existing = same ?? mine[0]
    if (existing) claimed.add(existing)
    const origin = existing ? existing.item.origin : placeBeside(item, value.metadata.name)
    return { builder, pod: kept, existing, isUpToDate: same !== undefined && isUpToDate(same.value, kept), origin }
  })
  return { wanted, stale: pods.filter((pod) => !claimed.has(pod)) }
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

/** Where new Pods' files go. */
interface Placement {
  /** A new Pod's place beside its Buildkit; undefined where the Buildkit has none (kustomize, a stream). */
  readonly placeBeside: (buildkit: Item, buildkitName: string) => Origin | undefined
}

/** `pod_<buildkit>.yaml` in the folder of the Buildkit's file: a name that stays, so that a changed Pod reads as a diff. */
function podPath(buildkitPath: string, buildkitName: string): string {
  return `${buildkitPath.slice(0, buildkitPath.lastIndexOf('/') + 1)}pod_${buildkitName}.yaml`
}

/** Gives each new Pod the next index that no object of that file has yet, among `items` and the Pods placed before. */
function placement(items: readonly Item[]): Placement {
  const nextIndex = new Map<string, number>()
  const take = ({ path, index, packagePath }: Origin) => {
    const file = fileOf(path, packagePath)
    nextIndex.set(file, Math.max(nextIndex.get(file) ?? 0, index + 1))
  }
  for (const { origin } of items) if (origin) take(origin)
  return {
    placeBeside: ({ origin }, buildkitName) => {
      if (!origin) return undefined
      const path = podPath(origin.path, buildkitName)
      const place = { ...origin, path, index: nextIndex.get(fileOf(path, origin.packagePath)) ?? 0 }
      take(place)
      return place
    },
  }
}

/** Sub-packages have paths of their own, so that a path alone does not name a file. */
function fileOf(path: string, packagePath: string | undefined): string {
  return `${packagePath ?? ''}\n${path}`
}
