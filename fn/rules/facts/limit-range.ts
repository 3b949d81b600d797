import { oncePer } from '../../common/once-per.ts'
import { type Item, isMapping, type KubernetesObject } from '../../input/item.ts'
import type { Source } from '../../input/select.ts'
import type { PackageFacts } from './facts.ts'
import { type Demand, type Quantities, quantitiesIn } from './quantities.ts'

/** What a LimitRange says of containers or Pods. */
export interface Limit {
  readonly item: Item
  readonly namespace: string | undefined
  readonly type: 'Container' | 'Pod'
  /** Its place in the list. */
  readonly at: number
  readonly min: Quantities
  readonly max: Quantities
  readonly ratio: Quantities
  /** What a container gets that says nothing. */
  readonly defaults: Demand
}

const NOTHING: Quantities = new Map()

/** The LimitRanges of a package, one by one. */
export const limitsIn = oncePer(({ limitRanges }: PackageFacts): readonly Limit[] => limitRanges.flatMap(limitsOf))

function limitsOf({ item, value }: Source<KubernetesObject>): readonly Limit[] {
  const limits = isMapping(value.spec) && Array.isArray(value.spec.limits) ? value.spec.limits : []
  return limits.flatMap((limit: unknown, at): readonly Limit[] => {
    if (!isMapping(limit) || (limit.type !== 'Container' && limit.type !== 'Pod')) return []
    const [min, max] = [quantitiesIn(limit.min), quantitiesIn(limit.max)]
    // SetDefaults_LimitRangeItem in pkg/apis/core/v1/defaults.go of Kubernetes: what is missing follows from what is there.
    const limited = new Map([...max, ...quantitiesIn(limit.default)])
    const requested = new Map([...min, ...limited, ...quantitiesIn(limit.defaultRequest)])
    const isOfContainers = limit.type === 'Container'
    const defaults = isOfContainers ? { limits: limited, requests: requested } : { limits: NOTHING, requests: NOTHING }
    const { namespace } = value.metadata
    const ratio = quantitiesIn(limit.maxLimitRequestRatio)
    return [{ item, namespace, type: limit.type, at, min, max, ratio, defaults }]
  })
}

/** What a container asks for when LimitRanges have added what it does not say (mergeContainerResources in limitranger/admission.go). */
export function withDefaults({ requests, limits }: Demand, ranges: readonly Limit[]): Demand {
  const added = ranges.map(({ defaults }) => defaults)
  return {
    requests: new Map([...added.flatMap((one) => [...one.requests]), ...requests]),
    limits: new Map([...added.flatMap((one) => [...one.limits]), ...limits]),
  }
}
