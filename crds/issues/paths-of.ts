import type * as z from 'zod/mini'
import { unwrapped } from './unwrapped.ts'

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
