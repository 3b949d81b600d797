import * as z from 'zod/mini'
import { API_VERSION } from '../../crds/names.ts'
import { type FieldIssue, type Path, validate, type WrittenAt } from '../../crds/validate.ts'
import { type Item, isMapping, type KubernetesObject, writtenIn } from '../input/item.ts'
import { type Finding, fieldFinding, objectFinding } from '../results/finding.ts'
import { aboutAssignment, aboutRule, rulesSchema, withRules } from './rule-assignments.ts'
import type { KubernetesVersion, Retirement, RuleSettings } from './settings.ts'

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
const VERSION_TEXT = 'a version such as "1.33"'

// Schemas are made where there is a configuration: most runs have none.

const metadataSchema = () => z.optional(z.looseObject({ name: z.optional(z.string()) }))
const scalars = () => ({
  mode: z.optional(z.enum(['render', 'check', 'clean'])),
  retirement: z.optional(z.enum(['controller', 'engine'])),
  kubernetesVersion: z.optional(z.string().check(z.regex(KUBERNETES_VERSION, VERSION_TEXT))),
})
/** The function's own configuration, a local object that no cluster ever gets. */
export const renderBuildkitSchema = () =>
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
export const configMapSchema = (data: unknown) =>
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('ConfigMap'),
    metadata: metadataSchema(),
    data: z.optional(stringsSchema(data)),
  })
const stringsSchema = (data: unknown) =>
  z.strictObject({
    ...scalars(),
    dropTemplates: z.optional(z.enum(['true', 'false'])),
    rules: z.optional(isMapping(data) && typeof data.rules === 'string' ? rulesSchema() : z.string()),
  })

/** A configuration, or what is wrong with it. */
export type ParsedConfig = { readonly config: RenderConfig } | { readonly results: readonly Finding[] }

/** What holds where nothing else is said; asked only where it matters. */
export type Base = () => ParsedConfig

/** What a configuration stands on, and the item that findings are about. */
interface Context {
  readonly base: Base
  readonly item: Item
  /** How the text of the configuration writes its values, where there is one. */
  readonly writtenAt?: WrittenAt | undefined
}

/** The configuration that a functionConfig says: a RenderBuildkit over the defaults, a ConfigMap over `base`. Nothing, null and `{}` are `base`. */
export function parseRenderConfig(
  functionConfig: unknown,
  { base = () => ({ config: DEFAULT_CONFIG }), item = itemOf(functionConfig), writtenAt }: Partial<Context> = {},
): ParsedConfig {
  const context = { base, item, writtenAt: writtenAt ?? writtenIn(item) }
  if (functionConfig === undefined || functionConfig === null) return base()
  if (!isMapping(functionConfig))
    return { results: [objectFinding('error', item, 'must be a RenderBuildkit or ConfigMap as `functionConfig`')] }
  if (Object.keys(functionConfig).length === 0) return base()
  if (functionConfig.kind === 'ConfigMap') return fromConfigMap(functionConfig, context)
  if (functionConfig.kind === 'RenderBuildkit') return fromRenderBuildkit(functionConfig, context)
  const message = `must be "RenderBuildkit" or "ConfigMap" as \`functionConfig\`, got ${JSON.stringify(functionConfig.kind)}`
  return { results: [fieldFinding('error', item, { path: ['kind'], message })] }
}

/** The configuration that parameters by their names say over `base`; the paths of findings are those names. */
export function parseParameters(parameters: Readonly<Record<string, string>>, context: Context): ParsedConfig {
  const schema = z.strictObject({ parameters: stringsSchema(parameters) })
  const validated = validate(schema, { parameters: withRules(parameters) })
  if ('value' in validated) return overBase(validated.value.parameters, context)
  return refused(
    validated.issues.map((issue) => ({ ...aboutAssignment(issue), path: issue.path.slice(1) })),
    context,
  )
}

function itemOf(functionConfig: unknown): Item {
  return { text: '', ...(isMapping(functionConfig) && { object: withMetadata(functionConfig) }) }
}

function withMetadata(object: Readonly<Record<string, unknown>>): KubernetesObject {
  const metadata = isMapping(object.metadata) ? object.metadata : {}
  return { ...object, apiVersion: String(object.apiVersion), kind: String(object.kind), metadata }
}

function fromConfigMap(functionConfig: Readonly<Record<string, unknown>>, context: Context): ParsedConfig {
  const { data } = functionConfig
  const object = isMapping(data) ? { ...functionConfig, data: withRules(data) } : functionConfig
  const validated = validate(configMapSchema(data), object, context.writtenAt)
  if ('value' in validated) return overBase(validated.value.data ?? {}, context)
  return refused(validated.issues.map(aboutAssignment), context)
}

function overBase(
  { dropTemplates, rules, ...rest }: z.output<ReturnType<typeof stringsSchema>>,
  { base }: Context,
): ParsedConfig {
  const below = base()
  if ('results' in below) return below
  const given = { ...rest, dropTemplates: dropTemplates && dropTemplates === 'true', rules }
  return { config: configOf(given as Given, below.config) }
}

function refused(issues: readonly FieldIssue[], { item }: Context): ParsedConfig {
  return { results: issues.map((issue) => fieldFinding('error', item, issue)) }
}

function fromRenderBuildkit(functionConfig: unknown, context: Context): ParsedConfig {
  const { writtenAt } = context
  const validated = validate(renderBuildkitSchema(), functionConfig, writtenAt)
  if ('issues' in validated) return refused(validated.issues.map(aboutRule), context)
  const { templates = [], ...spec } = validated.value.spec ?? {}
  const items = templates.map((template, at) => ({
    text: '',
    object: withMetadata(template),
    writtenAt: (path: Path) => writtenAt?.(['spec', 'templates', at, ...path]),
  }))
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
