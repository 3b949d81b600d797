import type { Buildkit } from '../../../crds/buildkit.ts'
import { grouped, oncePer } from '../../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, type Source } from '../../input/item.ts'
import { type Demand, type Quantities, quantitiesIn } from '../../upstream/kubernetes/demand.ts'
import type { BuilderFacts, PackageFacts } from './facts.ts'

/** Builders that are alike, of one namespace. */
export interface InNamespace {
  readonly builder: BuilderFacts
  readonly buildkits: readonly Source<Buildkit>[]
}

/** The builders of a package by their namespaces. */
export const inNamespaces = oncePer(byNamespace)

function byNamespace({ builders }: PackageFacts): ReadonlyMap<string | undefined, readonly InNamespace[]> {
  const found = builders.flatMap((builder) => {
    const apart = grouped(builder.buildkits, ({ value }) => value.metadata.namespace)
    return [...apart].map(([namespace, buildkits]) => ({ namespace, builder, buildkits }))
  })
  return grouped(found, ({ namespace }) => namespace)
}

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

/** The amounts of a ResourceQuota that counts every Pod. */
export function hardOf({ value: { spec } }: Source<KubernetesObject>): Quantities {
  if (!isMapping(spec) || spec.scopeSelector || (Array.isArray(spec.scopes) && spec.scopes.length > 0)) return new Map()
  return quantitiesIn(spec.hard)
}
