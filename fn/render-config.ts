import * as z from 'zod/mini'
import { API_VERSION } from '../crds/names.ts'
import { validate } from '../crds/validate.ts'
import type { Retirement } from './engine-annotations.ts'
import { type Item, isMapping, type KubernetesObject } from './item.ts'
import { fieldResult, objectResult, type Result } from './results.ts'

/** What the function is asked to do. */
export interface RenderConfig {
  /** `render` brings the Pods up to date, `check` only tells what is not, `clean` takes them and every `podName` out again. */
  readonly mode: 'render' | 'check' | 'clean'
  /** Who removes a superseded Pod. */
  readonly retirement: Retirement
  /** Leaves BuildkitTemplates out of what a cluster gets. */
  readonly dropTemplates: boolean
  /** BuildkitTemplates that stand in the configuration, not among the items. */
  readonly templates: readonly Item[]
}

export const DEFAULT_CONFIG: RenderConfig = {
  mode: 'render',
  retirement: 'controller',
  dropTemplates: false,
  templates: [],
}

const SPEC = {
  mode: z.optional(z.enum(['render', 'check', 'clean'])),
  retirement: z.optional(z.enum(['controller', 'engine'])),
}
const METADATA = z.optional(z.looseObject({ name: z.optional(z.string()) }))

/** The function's own configuration, a local object that no cluster ever gets. */
const RenderBuildkit = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('RenderBuildkit'),
  metadata: METADATA,
  spec: z.optional(
    z.strictObject({
      ...SPEC,
      dropTemplates: z.optional(z.boolean()),
      templates: z.optional(z.array(z.looseObject({ kind: z.literal('BuildkitTemplate') }))),
    }),
  ),
})

/** The same scalars as strings, for `configMap:` in a Kptfile and `kpt fn eval -- key=value`. */
const RenderConfigMap = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata: METADATA,
  data: z.optional(z.strictObject({ ...SPEC, dropTemplates: z.optional(z.enum(['true', 'false'])) })),
})

/** The configuration that a functionConfig says, defaults filled in, or what is wrong with it. Nothing, null and `{}` are defaults. */
export function parseRenderConfig(
  functionConfig: unknown,
): { readonly config: RenderConfig } | { readonly results: readonly Result[] } {
  if (functionConfig === undefined || functionConfig === null) return { config: DEFAULT_CONFIG }
  const item: Item = { text: '', ...(isMapping(functionConfig) && { object: withMetadata(functionConfig) }) }
  if (!isMapping(functionConfig))
    return { results: [objectResult('error', item, 'must be a RenderBuildkit or ConfigMap as `functionConfig`')] }
  if (Object.keys(functionConfig).length === 0) return { config: DEFAULT_CONFIG }
  if (functionConfig.kind === 'ConfigMap') return fromConfigMap(functionConfig, item)
  if (functionConfig.kind === 'RenderBuildkit') return fromRenderBuildkit(functionConfig, item)
  const message = `must be "RenderBuildkit" or "ConfigMap" as \`functionConfig\`, got ${JSON.stringify(functionConfig.kind)}`
  return { results: [fieldResult('error', item, { path: 'kind', message })] }
}

function withMetadata(object: Readonly<Record<string, unknown>>): KubernetesObject {
  const metadata = isMapping(object.metadata) ? object.metadata : {}
  return { ...object, apiVersion: String(object.apiVersion), kind: String(object.kind), metadata }
}

function fromConfigMap(functionConfig: unknown, item: Item): ReturnType<typeof parseRenderConfig> {
  const validated = validate(RenderConfigMap, functionConfig)
  if ('issues' in validated) return { results: validated.issues.map((issue) => fieldResult('error', item, issue)) }
  const {
    mode = DEFAULT_CONFIG.mode,
    retirement = DEFAULT_CONFIG.retirement,
    dropTemplates,
  } = validated.value.data ?? {}
  return { config: { mode, retirement, dropTemplates: dropTemplates === 'true', templates: [] } }
}

function fromRenderBuildkit(functionConfig: unknown, item: Item): ReturnType<typeof parseRenderConfig> {
  const validated = validate(RenderBuildkit, functionConfig)
  if ('issues' in validated) return { results: validated.issues.map((issue) => fieldResult('error', item, issue)) }
  const {
    templates = [],
    mode = DEFAULT_CONFIG.mode,
    retirement = DEFAULT_CONFIG.retirement,
    dropTemplates = false,
  } = validated.value.spec ?? {}
  const items = templates.map((template) => ({ text: '', object: withMetadata(template) }))
  return { config: { mode, retirement, dropTemplates, templates: items } }
}
