import type { RenderConfig } from '../config/render-config.ts'
import { type Item, type KubernetesObject, objectId, type Source } from '../input/item.ts'
import { isOurs } from '../input/ours.ts'
import type { Decision } from '../output/render.ts'
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
  /** Buildkits that cannot be rendered, by `namespace/name`. */
  readonly unrendered: ReadonlySet<string>
  /** Whether all of the package can be read; else builders may be missing. */
  readonly isWhole: boolean
  /** How large the cache of a template's builders gets at most, in bytes; missing where nothing limits it. */
  readonly cacheLimits: ReadonlyMap<object, number>
  readonly quotas: readonly Source<KubernetesObject>[]
  /** What its RenderBuildkit or ConfigMap asks for, beside templates; missing where that has mistakes. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** One for each object. */
  readonly findings: readonly Finding[]
  readonly items: readonly Item[]
}

/** What a package renders to. Builders that cannot be rendered are missing, and a finding says why. */
export function sideOf({ selection, plan, results }: Decision, config: RenderConfig): Side {
  const { items } = selection
  const builders = plan.wanted.map((wanted) => {
    const { namespace, name } = wanted.builder.buildkit.value.metadata
    return [objectId(namespace, name), wanted] as const
  })
  const { templates, resourceQuotas } = factsOf(selection, plan, config)
  const limits = templates.flatMap((facts) => {
    const limit = cacheLimitOf(facts)
    return limit === undefined ? [] : [[facts.template, limit] as const]
  })
  const names = items
    .filter(isBuildkit)
    .map(({ object }) => objectId(object?.metadata.namespace, object?.metadata.name))
  const byName = new Map(builders)
  return {
    builders: byName,
    unrendered: new Set(names.filter((name) => !byName.has(name))),
    isWhole: !items.some(({ error }) => error),
    cacheLimits: new Map(limits),
    quotas: resourceQuotas,
    settings: settingsOf(config),
    findings: results,
    items,
  }
}

/** A package of which nobody knows what it renders to, because its configuration has mistakes. */
export function unknownSide(items: readonly Item[], findings: readonly Finding[]): Side {
  return {
    builders: new Map(),
    unrendered: new Set(),
    isWhole: false,
    cacheLimits: new Map(),
    quotas: [],
    findings,
    items,
  }
}

function isBuildkit({ object }: Item): boolean {
  return isOurs(object) && object?.kind === 'Buildkit'
}

function settingsOf({ mode, templates, kubernetesVersion, ...settings }: RenderConfig) {
  const version = kubernetesVersion && `${kubernetesVersion.major}.${kubernetesVersion.minor}`
  return { ...settings, ...(version && { kubernetesVersion: version }) }
}

/** How large the cache of each of its builders gets at most, in bytes; undefined where nothing limits it. */
export function cacheLimitOf(template: TemplateFacts): number | undefined {
  const gc = gcOf(template)
  const collected = gc.policies.length > 0 ? simulate(gc).ceiling : Number.POSITIVE_INFINITY
  const limit = Math.min(collected, volumeOf(template)?.bytes ?? Number.POSITIVE_INFINITY)
  return Number.isFinite(limit) ? limit : undefined
}
