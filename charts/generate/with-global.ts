import type { JsonSchema } from '../../crds/generate/json-schema.ts'

/** A schema of values with `global`, which Helm passes to every subchart. */
export function withGlobal(schema: JsonSchema): JsonSchema {
  return { ...schema, properties: { ...schema.properties, global: { type: 'object' } } }
}
