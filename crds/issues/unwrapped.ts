import type * as z from 'zod/mini'

/** The schema that an optional field, or one with a default, has when it is set. */
export function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodTypes | undefined {
  const known = schema as z.core.$ZodTypes | undefined
  const def = known?._zod.def
  return def && 'innerType' in def ? unwrapped(def.innerType) : known
}
