import type * as z from 'zod/mini'
import { unwrapped } from './unwrapped.ts'

/** The names of the fields that an object may have at `path` in what `schema` describes. */
export function fieldsAt(schema: z.ZodMiniType, path: readonly PropertyKey[]): string[] {
  const at = path.reduce<z.core.$ZodTypes | undefined>(child, unwrapped(schema))
  return at?._zod.def.type === 'object' ? Object.keys(at._zod.def.shape) : []
}

function child(parent: z.core.$ZodTypes | undefined, key: PropertyKey): z.core.$ZodTypes | undefined {
  const def = parent?._zod.def
  if (def?.type === 'object') return unwrapped(def.shape[String(key)])
  if (def?.type === 'array') return unwrapped(def.element)
  return def?.type === 'record' ? unwrapped(def.valueType) : undefined
}
