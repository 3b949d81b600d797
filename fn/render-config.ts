import * as z from 'zod/mini'
import { API_VERSION } from '../crds/names.ts'
import { type FieldIssue, type Path, validate } from '../crds/validate.ts'
import type { Retirement } from './engine-annotations.ts'
import { type Finding, fieldFinding, objectFinding } from './finding.ts'
import { type Item, isMapping, type KubernetesObject } from './item.ts'
import { RULES, ruleNamed } from './rules/book.ts'
import type { KubernetesVersion } from './rules/facts.ts'
import type { RuleSettings } from './rules/rule.ts'

/** What the function is asked to do. */
export interface RenderConfig {
  /** `render` brings the Pods up to date, `check` only tells what is not, `clean` takes them and every `podName` out again. */
  readonly mode: 'render' | 'check' | 'clean'
  /** Who removes a superseded Pod. */
  readonly retirement: Retirement
  /** Leaves BuildkitTemplates out of what a cluster gets. */
  readonly dropTemplates: boolean
  /** Severities of rules that are not to have their own; `none` switches a rule off. */
  readonly rules: RuleSettings
  /** Of the cluster that Pods are for, where it is known. */
  readonly kubernetesVersion: KubernetesVersion | undefined
  /** BuildkitTemplates that stand in the configuration, not among the items. */
  readonly templates: readonly Item[]
}

export const DEFAULT_CONFIG: RenderConfig = {
  mode: 'render',
  retirement: 'controller',
  dropTemplates: false,
  rules: {},
  kubernetesVersion: undefined,
  templates: [],
}

const KUBERNETES_VERSION = /^v?(\d+)\.(\d+)/

// Schemas are made where there is a configuration: most runs have none.

const metadataSchema = () => z.optional(z.looseObject({ name: z.optional(z.string()) }))
const scalars = () => ({
  mode: z.optional(z.enum(['render', 'check', 'clean'])),
  retirement: z.optional(z.enum(['controller', 'engine'])),
  kubernetesVersion: z.optional(z.string().check(z.regex(KUBERNETES_VERSION))),
})
const rulesSchema = () => {
  // Words that YAML 1.1 reads as strings: `off` would be a boolean.
  const severity = z.optional(z.enum(['error', 'warning', 'info', 'none']))
  const fixed = z.optional(z.literal('error', '"error", because a Pod that breaks this rule cannot run'))
  return z.strictObject(Object.fromEntries(RULES.map(({ id, cannotWork }) => [id, cannotWork ? fixed : severity])))
}

/** The function's own configuration, a local object that no cluster ever gets. */
const renderBuildkitSchema = () =>
  z.strictObject({
    apiVersion: z.literal(API_VERSION),
    kind: z.literal('RenderBuildkit'),
    metadata: metadataSchema(),
    spec: z.optional(
      z.strictObject({
        ...scalars(),
        dropTemplates: z.optional(z.boolean()),
        rules: z.optional(rulesSchema()),
        templates: z.optional(z.array(z.looseObject({ kind: z.literal('BuildkitTemplate') }))),
      }),
    ),
  })

/** The same scalars as strings, for `configMap:` in a Kptfile and `kpt fn eval -- key=value`. */
const configMapSchema = () =>
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('ConfigMap'),
    metadata: metadataSchema(),
    data: z.optional(stringsSchema()),
  })
const stringsSchema = () =>
  z.strictObject({
    ...scalars(),
    dropTemplates: z.optional(z.enum(['true', 'false'])),
    rules: z.optional(z.string()),
  })

/** A configuration, or what is wrong with it. */
export type ParsedConfig = { readonly config: RenderConfig } | { readonly results: readonly Finding[] }

/** What holds where nothing else is said; asked only where it matters. */
export type Base = () => ParsedConfig

/** What a configuration stands on, and the item that findings are about. */
interface Context {
  readonly base: Base
  readonly item: Item
}

/** The configuration that a functionConfig says: a RenderBuildkit over the defaults, a ConfigMap over `base`. Nothing, null and `{}` are `base`. */
export function parseRenderConfig(
  functionConfig: unknown,
  { base = () => ({ config: DEFAULT_CONFIG }), item = itemOf(functionConfig) }: Partial<Context> = {},
): ParsedConfig {
  if (functionConfig === undefined || functionConfig === null) return base()
  if (!isMapping(functionConfig))
    return { results: [objectFinding('error', item, 'must be a RenderBuildkit or ConfigMap as `functionConfig`')] }
  if (Object.keys(functionConfig).length === 0) return base()
  if (functionConfig.kind === 'ConfigMap') return fromConfigMap(functionConfig, { base, item })
  if (functionConfig.kind === 'RenderBuildkit') return fromRenderBuildkit(functionConfig, item)
  const message = `must be "RenderBuildkit" or "ConfigMap" as \`functionConfig\`, got ${JSON.stringify(functionConfig.kind)}`
  return { results: [fieldFinding('error', item, { path: ['kind'], message })] }
}

/** The configuration that parameters by their names say over `base`; the paths of findings are those names. */
export function parseParameters(parameters: Readonly<Record<string, string>>, context: Context): ParsedConfig {
  const validated = validate(z.strictObject({ parameters: stringsSchema() }), { parameters })
  if ('value' in validated) return fromStrings(validated.value.parameters, [], context)
  const issues = validated.issues.map((issue) => ({ ...issue, path: issue.path.slice(1) }))
  return { results: issues.map((issue) => fieldFinding('error', context.item, issue)) }
}

function itemOf(functionConfig: unknown): Item {
  return { text: '', ...(isMapping(functionConfig) && { object: withMetadata(functionConfig) }) }
}

function withMetadata(object: Readonly<Record<string, unknown>>): KubernetesObject {
  const metadata = isMapping(object.metadata) ? object.metadata : {}
  return { ...object, apiVersion: String(object.apiVersion), kind: String(object.kind), metadata }
}

function fromConfigMap(functionConfig: unknown, context: Context): ParsedConfig {
  const validated = validate(configMapSchema(), functionConfig)
  if ('value' in validated) return fromStrings(validated.value.data ?? {}, ['data'], context)
  return { results: validated.issues.map((issue) => fieldFinding('error', context.item, issue)) }
}

function fromStrings(
  { dropTemplates, rules = '', ...rest }: z.output<ReturnType<typeof stringsSchema>>,
  path: Path,
  { base, item }: Context,
): ParsedConfig {
  const parsed = validate(rulesSchema(), rulesIn(rules))
  if ('issues' in parsed) {
    const issues = parsed.issues.map((issue) => ({ ...aboutId(issue), path: [...path, 'rules', ...issue.path] }))
    return { results: issues.map((issue) => fieldFinding('error', item, issue)) }
  }
  const below = base()
  if ('results' in below) return below
  const given = { ...rest, dropTemplates: dropTemplates && dropTemplates === 'true', rules: parsed.value }
  return { config: configOf(given, below.config) }
}

/** A field of `rules` that is none is an id that no rule has; the one that looks most like it is about something else. */
function aboutId(issue: FieldIssue): FieldIssue {
  const id = issue.path.at(-1)
  if (typeof id !== 'string' || ruleNamed(id)) return issue
  const meant = ruleNamed(id.toUpperCase())?.id
  const hint = meant ? `did you mean \`${meant}\`?` : 'render-buildkit explain lists them'
  return { path: issue.path, message: `must be the id of a rule; ${hint}` }
}

/** What "BK012=none, BK013=error" says, as the mapping that a RenderBuildkit has. */
function rulesIn(text: string): Readonly<Record<string, string>> {
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  return Object.fromEntries(words.map((word) => [word.split('=', 1)[0] ?? '', word.slice(word.indexOf('=') + 1)]))
}

function fromRenderBuildkit(functionConfig: unknown, item: Item): ParsedConfig {
  const validated = validate(renderBuildkitSchema(), functionConfig)
  if ('issues' in validated) {
    const issues = validated.issues.map((issue) => (issue.path[1] === 'rules' ? aboutId(issue) : issue))
    return { results: issues.map((issue) => fieldFinding('error', item, issue)) }
  }
  const { templates = [], ...spec } = validated.value.spec ?? {}
  const items = templates.map((template) => ({ text: '', object: withMetadata(template) }))
  return { config: configOf(spec, { ...DEFAULT_CONFIG, templates: items }) }
}

interface Given {
  readonly mode?: RenderConfig['mode'] | undefined
  readonly retirement?: Retirement | undefined
  readonly dropTemplates?: boolean | undefined
  readonly kubernetesVersion?: string | undefined
  readonly rules?: Readonly<Record<string, RuleSettings[string] | undefined>> | undefined
}

function configOf({ rules = {}, kubernetesVersion, ...given }: Given, base: RenderConfig): RenderConfig {
  const [, major, minor] = KUBERNETES_VERSION.exec(kubernetesVersion ?? '') ?? []
  return {
    mode: given.mode ?? base.mode,
    retirement: given.retirement ?? base.retirement,
    dropTemplates: given.dropTemplates ?? base.dropTemplates,
    rules: { ...base.rules, ...(rules as RuleSettings) },
    kubernetesVersion: minor === undefined ? base.kubernetesVersion : { major: Number(major), minor: Number(minor) },
    templates: base.templates,
  }
}
