import type { RenderConfig } from '../config/render-config.ts'
import { type Item, type KubernetesObject, objectId, type Source } from '../input/item.ts'
import { decide } from '../output/render.ts'
import type { Wanted } from '../render/plan.ts'
import type { Finding } from '../results/finding.ts'
import { gcOf, volumeOf } from '../rules/facts/cache.ts'
import type { TemplateFacts } from '../rules/facts/facts.ts'
import { factsOf } from '../rules/facts/facts-of.ts'
import { simulate } from '../upstream/buildkit/simulate.ts'

/** A package as one version has it: what it renders to, and what there is to say about it. */
export interface Side {
  /** By `namespace/name`. */
  readonly builders: ReadonlyMap<string, Wanted>
  /** How large the cache of a template's builders gets at most, in bytes; missing where nothing limits it. */
  readonly cacheLimits: ReadonlyMap<object, number>
  readonly quotas: readonly Source<KubernetesObject>[]
  /** One for each object. */
  readonly findings: readonly Finding[]
}

/** What a package renders to. Builders that cannot be rendered are missing, and a finding says why. */
export function sideOf(items: readonly Item[], config: RenderConfig): Side {
  const { selection, plan, results } = decide(items, { ...config, mode: 'render' }, { isAdvised: true })
  const builders = plan.wanted.map((wanted) => {
    const { namespace, name } = wanted.builder.buildkit.value.metadata
    return [objectId(namespace, name), wanted] as const
  })
  const { templates, resourceQuotas } = factsOf(selection, plan, config)
  const limits = templates.flatMap((facts) => {
    const limit = cacheLimitOf(facts)
    return limit === undefined ? [] : [[facts.template, limit] as const]
  })
  return { builders: new Map(builders), cacheLimits: new Map(limits), quotas: resourceQuotas, findings: results }
}

/** How large the cache of each of its builders gets at most, in bytes; undefined where nothing limits it. */
export function cacheLimitOf(template: TemplateFacts): number | undefined {
  const gc = gcOf(template)
  const collected = gc.policies.length > 0 ? simulate(gc).ceiling : Number.POSITIVE_INFINITY
  const limit = Math.min(collected, volumeOf(template)?.bytes ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(limit) ? limit : undefined
}
