import { grouped } from '../common/collections.ts'
import type { RenderConfig } from '../config/render-config.ts'
import { type CacheKind, kindOfCache } from '../diff/cache-of.ts'
import type { Amounts } from '../diff/demand.ts'
import { cacheLimitOf } from '../diff/side.ts'
import { type Item, objectId } from '../input/item.ts'
import { isOurs } from '../input/ours.ts'
import type { Decision } from '../output/render.ts'
import type { Wanted, WantedObject } from '../render/plan.ts'
import type { Finding } from '../results/finding.ts'
import { totalOf } from '../rules/facts/demands.ts'
import type { Mode, TemplateFacts } from '../rules/facts/facts.ts'
import { factsOf } from '../rules/facts/facts-of.ts'

/** What a package renders to, from its templates down. */
export interface PackageTree {
  readonly templates: readonly TemplateNode[]
  /** Buildkits that get no Pod; their findings say why. */
  readonly withoutPod: readonly Node[]
}

/** An object, `namespace/name`, and what there is to say about it. */
export interface Node {
  readonly name: string
  readonly findings: readonly Finding[]
}

export interface TemplateNode extends Node {
  readonly mode: Mode
  /** Missing for a template without Buildkits. */
  readonly pod?: PodSize
  readonly builders: readonly BuilderNode[]
  /** What its builders share. */
  readonly shared: readonly ObjectNode[]
}

/** What each Pod of a template requests, and where its cache is. */
export interface PodSize {
  readonly requests: Amounts
  readonly cache: CacheKind
  /** In bytes; missing where nothing limits it. */
  readonly cacheLimit?: number
}

interface BuilderNode extends Node {
  /** What is applied for it: what its Pods need first, then the Pods. */
  readonly objects: readonly ObjectNode[]
}

export interface ObjectNode {
  readonly kind: string
  readonly name: string
  /** Of a claim. */
  readonly size?: string
}

/** Builds the tree of what rendering decides; nothing is written. */
export function packageTree(decision: Decision, config: RenderConfig): PackageTree {
  const findingsOf = byItem(decision.results)
  const byTemplate = grouped(decision.plan.wanted, ({ builder }) => builder.template.item)
  const facts = factsOf(decision.selection, decision.plan, config).templates
  const templates = facts.map((template) => {
    const wanted = byTemplate.get(template.template.item) ?? []
    return templateNode(template, wanted, { decision, findingsOf })
  })
  const withPod = new Set(decision.plan.wanted.map(({ builder }) => builder.buildkit.item))
  const withoutPod = decision.selection.items.filter((item) => isBuildkit(item) && !withPod.has(item))
  return { templates, withoutPod: withoutPod.map((item) => node(item, findingsOf)) }
}

type FindingsOf = (item: Item) => readonly Finding[]

interface Decided {
  readonly decision: Decision
  readonly findingsOf: FindingsOf
}

function templateNode(facts: TemplateFacts, wanted: readonly Wanted[], decided: Decided): TemplateNode {
  const { plan } = decided.decision
  const shared = plan.shared.filter(({ template }) => template.item === facts.template.item)
  const [first] = wanted
  return {
    ...node(facts.template.item, decided.findingsOf),
    mode: facts.mode,
    ...(first && { pod: podSize(first, facts) }),
    builders: builderNodes(wanted, decided.findingsOf),
    shared: shared.map(objectNode),
  }
}

/** One for each name: the error about a second Buildkit of a name is about the name. */
function builderNodes(wanted: readonly Wanted[], findingsOf: FindingsOf): readonly BuilderNode[] {
  const all = wanted.map((one) => ({
    ...node(one.builder.buildkit.item, findingsOf),
    objects: [...one.beside.map(objectNode), ...one.pods.map(({ pod }) => ({ kind: 'Pod', name: pod.name }))],
  }))
  return [...grouped(all, ({ name }) => name).values()].map((alike) => ({
    ...alike[0],
    findings: alike.flatMap(({ findings }) => findings),
  }))
}

function podSize({ builder, pods: [{ pod }] }: Wanted, facts: TemplateFacts): PodSize {
  const limit = cacheLimitOf(facts)
  return {
    requests: totalOf(pod.spec).requests,
    cache: kindOfCache(builder),
    ...(limit !== undefined && { cacheLimit: limit }),
  }
}

function objectNode({ contents: { kind, name, spec } }: WantedObject): ObjectNode {
  const { resources } = spec as { readonly resources?: { readonly requests?: { readonly storage?: string } } }
  const size = resources?.requests?.storage
  return { kind, name, ...(size !== undefined && { size }) }
}

function node(item: Item, findingsOf: FindingsOf): Node {
  const { namespace, name } = item.object?.metadata ?? {}
  return { name: objectId(namespace, name), findings: findingsOf(item) }
}

function byItem(findings: readonly Finding[]): FindingsOf {
  const groups = grouped(findings, ({ item }) => item)
  return (item) => groups.get(item) ?? []
}

function isBuildkit({ object }: Item): boolean {
  return isOurs(object) && object?.kind === 'Buildkit'
}
