import type * as z from 'zod/mini'

/**
 * `object` without the fields that a schema refuses for being null (items of lists stay): what the API server does with fields
 * that are not nullable, which none of ours is. The same object if there are none.
 */
export function withoutNulls(object: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  let result = object
  for (const { path } of issues) if (path.length > 0) result = withoutNull(result, path)
  return result
}

function withoutNull(value: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (typeof value !== 'object' || value === null || key === undefined) return value
  const child = (value as Record<PropertyKey, unknown>)[key]
  if (child === null && !Array.isArray(value)) {
    const { [key]: _, ...others } = value as Record<PropertyKey, unknown>
    return others
  }
  const cleaned = withoutNull(child, rest)
  if (cleaned === child) return value
  return Array.isArray(value) ? value.with(Number(key), cleaned) : { ...value, [key]: cleaned }
}
