import type { JsonSchema } from './json-schema.ts'

/** Types without a section: Kubernetes' own documentation is the place for the first, the second has no fields. */
const LEAVES: Readonly<Record<string, string>> = { ObjectMeta: 'ObjectMeta', Quantity: 'quantity' }
const PLURALS: Readonly<Record<string, string>> = { string: 'strings', quantity: 'quantities' }

/** Whether a type has no section of its own in the reference. */
export function isLeaf({ title }: JsonSchema): boolean {
  return title !== undefined && title in LEAVES
}

/** The type of a field for a reader of Markdown; types with a title link to their section. */
export function typeInWords(schema: JsonSchema): string {
  const { title, items, additionalProperties } = schema
  if (title !== undefined) return LEAVES[title] ?? `[${title}](#${title.toLowerCase()})`
  if (items) return `list of ${plural(typeInWords(items))}`
  if (additionalProperties) return `map of ${plural(typeInWords(additionalProperties))}`
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ')
  return isBounded(schema) ? `integer, ${schema.minimum}–${schema.maximum}` : (schema.type ?? 'anything')
}

function plural(type: string): string {
  return PLURALS[type] ?? type
}

/** Whether an integer is bounded by more than its format. */
function isBounded({ type, format, minimum }: JsonSchema): boolean {
  return type === 'integer' && format === 'int32' && minimum !== undefined && minimum >= 0
}
