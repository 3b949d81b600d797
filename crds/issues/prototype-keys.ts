import type { Path } from './field-path.ts'
import type { FieldIssue } from './issue.ts'

const KEY = '__proto__'
const NONE: readonly Path[] = []
const HERE: readonly Path[] = [[]]

/** An issue for each `__proto__` in an object that no schema names: zod leaves it out of a map without a word. */
export function prototypeKeys(object: unknown): readonly FieldIssue[] {
  return pathsIn(object).map((path) => ({ path, message: `must have another key, got "${KEY}"` }))
}

/** Paths grow from their ends: nearly no object has such a key, and no path is made for those. */
function pathsIn(value: unknown): readonly Path[] {
  if (typeof value !== 'object' || value === null) return NONE
  const found: Path[] = []
  for (const key of Object.keys(value)) {
    const inner = key === KEY ? HERE : pathsIn((value as Readonly<Record<string, unknown>>)[key])
    const step = Array.isArray(value) ? Number(key) : key
    for (const path of inner) found.push([step, ...path])
  }
  return found
}
