import type { FieldIssue } from './field-issue.ts'
import { type Path, pathText } from './field-path.ts'

const KEY = '__proto__'

/** An issue for each `__proto__` in an object that no schema names: zod leaves it out of a map without a word. */
export function prototypeKeys(object: unknown): readonly FieldIssue[] {
  return pathsIn(object, []).map((path) => ({ path: pathText(path), message: `must have another key, got "${KEY}"` }))
}

function pathsIn(value: unknown, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    return key === KEY ? [at] : pathsIn(inner, at)
  })
}
