import type * as z from 'zod/mini'

/** The names of the fields that an object may have at `path` in what `schema` describes. */
export function fieldsAt(schema: z.ZodMiniType, path: readonly PropertyKey[]): string[] {
  const at = schemaAt(schema, path)
  return at?._zod.def.type === 'object' ? Object.keys(at._zod.def.shape) : []
}

/** Whether what `schema` describes has a list at `path`. */
export function isListAt(schema: z.ZodMiniType, path: readonly PropertyKey[]): boolean {
  return schemaAt(schema, path)?._zod.def.type === 'array'
}

function schemaAt(schema: z.ZodMiniType, path: readonly PropertyKey[]): z.core.$ZodTypes | undefined {
  return path.reduce<z.core.$ZodTypes | undefined>(child, unwrapped(schema))
}

function child(parent: z.core.$ZodTypes | undefined, key: PropertyKey): z.core.$ZodTypes | undefined {
  const def = parent?._zod.def
  if (def?.type === 'object') return unwrapped(def.shape[String(key)])
  if (def?.type === 'array') return unwrapped(def.element)
  return def?.type === 'record' ? unwrapped(def.valueType) : undefined
}

/** The paths, such as `spec.scheduling.tolerations`, of the fields called `name` in what `schema` describes, outside lists and maps. */
export function pathsOf(schema: z.ZodMiniType, name: string): string[] {
  return fieldPaths(schema).filter((path) => path.endsWith(`.${name}`))
}

function fieldPaths(schema: z.core.$ZodType): string[] {
  const def = unwrapped(schema)?._zod.def
  if (def?.type !== 'object') return []
  return Object.entries(def.shape).flatMap(([name, field]) => [
    name,
    ...fieldPaths(field).map((path) => `${name}.${path}`),
  ])
}

/** The schema that an optional field, or one with a default, has when it is set. */
function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodTypes | undefined {
  const known = schema as z.core.$ZodTypes | undefined
  const def = known?._zod.def
  return def && 'innerType' in def ? unwrapped(def.innerType) : known
}
