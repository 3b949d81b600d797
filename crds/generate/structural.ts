import type { JsonSchema } from './json-schema.ts'

/** Keywords that mean the same in both worlds. */
const KEPT = new Set([
  'type',
  'description',
  'format',
  'default',
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'minProperties',
  'maxProperties',
  'required',
])
/** Keywords that a structural schema has no place for; `multipleOf: 1` is zod's way to an integer. */
const DROPPED = new Set(['$schema', 'title', 'propertyNames', 'exclusiveMaximum', 'multipleOf'])
/** Bounds that the format sets; of int64 what a double has in their place. */
const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
}

/**
 * The structural schema (`apiextensions.k8s.io/v1`, `openAPIV3Schema`) that accepts what zod's JSON Schema (`openapi-3.0`, `input`)
 * accepts. Throws where there is none: a union, or a keyword that no rule here is for.
 */
export function structural(schema: JsonSchema): JsonSchema {
  if (schema['x-kubernetes-int-or-string']) return intOrString(schema)
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]) => structuralKeyword(schema, keyword, value)),
  )
}

function structuralKeyword(schema: JsonSchema, keyword: string, value: unknown): [string, unknown][] {
  if (KEPT.has(keyword) || keyword.startsWith('x-kubernetes-')) return [[keyword, value]]
  if (DROPPED.has(keyword)) return []
  if (keyword === 'minimum' || keyword === 'maximum') {
    return BOUNDS[schema.format ?? '']?.includes(value as number) ? [] : [[keyword, value]]
  }
  if (keyword === 'properties') return [[keyword, structuralProperties(schema)]]
  if (keyword === 'items') return [[keyword, structural(value as JsonSchema)]]
  // Unknown fields are refused by field validation, not by the schema, and the pair with `properties` is not allowed.
  if (keyword === 'additionalProperties' && schema['x-kubernetes-preserve-unknown-fields']) return []
  if (keyword === 'additionalProperties') return value ? [[keyword, structural(value as JsonSchema)]] : []
  throw new Error(`must have a structural equivalent, got "${keyword}" in ${JSON.stringify(schema)}`)
}

function structuralProperties({ properties = {} }: JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, structural(property)]))
}

/** The one union that a structural schema may have, in the one form that the API server takes. */
function intOrString({ description, default: value, anyOf = [], ...schema }: JsonSchema): JsonSchema {
  const pattern = anyOf.find(({ type }) => type === 'string')?.pattern
  const extensions = Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword.startsWith('x-')))
  return {
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: value }),
    anyOf: [{ type: 'integer' }, { type: 'string' }],
    ...(pattern !== undefined && { pattern }),
    ...extensions,
  }
}
