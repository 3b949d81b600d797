import type * as z from 'zod/mini'

/** The names of the fields that an object may have at `path` in what `schema` describes. */
export function fieldsAt(schema: z.ZodMiniType, path: readonly PropertyKey[]): string[] {
  const at = path.reduce<z.core.$ZodTypes | undefined>((parent, key) => child(parent, key), unwrapped(schema as unknown as z.core.$ZodTypes))
  return at?._zod.def.type === 'object' ? Object.keys(at._zod.def.shape) : []
}

function child(parent: z.core.$ZodTypes | undefined, key: PropertyKey): z.core.$ZodTypes | undefined {
  const def = parent?._zod.def
  if (def?.type === 'object') return unwrapped(def.shape[String(key)] as z.core.$ZodTypes | undefined)
  if (def?.type === 'array') return unwrapped(def.element as z.core.$ZodTypes)
  return def?.type === 'record' ? unwrapped(def.valueType as z.core.$ZodTypes) : undefined
}

function unwrapped(schema: z.core.$ZodTypes | undefined): z.core.$ZodTypes | undefined {
  const def = schema?._zod.def
  return def && 'innerType' in def ? unwrapped(def.innerType as z.core.$ZodTypes) : schema
}
