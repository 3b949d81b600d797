import { BUILDKIT_LABEL, labelValueOf, RETIREMENT_ANNOTATION } from '../../crds/names.ts'
import { grouped } from '../common/grouped.ts'
import type { RenderConfig } from '../config/render-config.ts'
import type { KubernetesObject, Source } from '../input/item.ts'
import type { Selection } from '../input/select.ts'
import { blueprints } from './blueprint.ts'
import { expand, type Pod } from './expand.ts'
import type { Origin } from './orchestrator-annotations.ts'
import { placement } from './placement.ts'
import { isUpToDate } from './pod-differences.ts'
import type { Builder } from './resolve.ts'

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
