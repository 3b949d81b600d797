import type { JsonSchema } from '../../crds/generate/json-schema.ts'
import { withGlobal } from './with-global.ts'

/** The schema that the chart's templates check: every value is required, because all have defaults. */
export function templateSchema(schema: JsonSchema): JsonSchema {
  return withGlobal(terse(schema))
}

/** Without the texts for users; a group of values is what has no description. */
function terse({ description, default: _, ...schema }: JsonSchema): JsonSchema {
  const { properties } = schema
  if (!properties || description !== undefined) return withoutDescriptions(schema)
  const entries = Object.entries(properties).map(([name, property]) => [name, terse(property)])
  return { ...schema, properties: Object.fromEntries(entries), required: Object.keys(properties) }
}

function withoutDescriptions(schema: JsonSchema): JsonSchema {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (key === 'description' && typeof value === 'string' ? undefined : value)),
  )
}
