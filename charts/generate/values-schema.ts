import type * as z from 'zod/mini'
import { editorSchema } from '../../crds/generate/editor-schema.ts'
import type { JsonSchema } from '../../crds/generate/json-schema.ts'
import { ResourceRequirements } from '../../crds/kubernetes/resource-requirements.ts'
import { Affinity, Toleration, TopologySpreadConstraint } from '../../crds/kubernetes/scheduling.ts'
import type { ChartValue } from './chart-values.ts'

/** What `@schema {kubernetes: …}` may name: the types that our own kinds have too. */
const TYPES: Readonly<Record<string, z.ZodMiniType>> = {
  Affinity,
  ResourceRequirements,
  Toleration,
  TopologySpreadConstraint,
}

const DURATION = {
  pattern: '^([0-9]+([.][0-9]+)?(ms|s|m|h))+$',
  'x-must-be': 'a duration such as 30s, 1m30s or 1h',
}

/** JSON Schema of a chart's values, with every unknown key refused. */
export function valuesSchema(values: readonly ChartValue[]): JsonSchema {
  const properties = Object.fromEntries(values.map((value) => [value.name, schemaOf(value)]))
  return { type: 'object', properties, additionalProperties: false }
}

function schemaOf({ default: value, description, schema, values }: ChartValue): JsonSchema {
  if (values) return valuesSchema(values)
  const { kubernetes, duration, ...keywords } = schema
  return {
    description,
    type: typeOf(value),
    ...(kubernetes !== undefined && ofKubernetes(String(kubernetes), Array.isArray(value))),
    ...(duration === true && DURATION),
    ...keywords,
    default: value,
  }
}

function ofKubernetes(name: string, isList: boolean): JsonSchema {
  const type = TYPES[name]
  if (!type) throw new Error(`@schema must name one of ${Object.keys(TYPES).join(', ')}, got "${name}"`)
  const { $comment, $schema, title, ...schema } = editorSchema(type) as JsonSchema
  return isList ? { items: schema } : schema
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'number' ? 'integer' : typeof value
}
