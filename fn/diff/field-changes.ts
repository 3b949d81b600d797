import type { Path } from '../../crds/validate.ts'
import { isMapping } from '../input/item.ts'
import { readToml } from '../toml/read-toml.ts'
import { TOML_FIELD } from '../toml/values-at.ts'
import { isEqual } from '../yaml/is-equal.ts'

/** A field that two versions of an object do not have alike; undefined where one of them does not have it. */
export interface FieldChange {
  /** A setting in `buildkitdToml` comes after that field. */
  readonly path: Path
  readonly before: unknown
  readonly after: unknown
  /** Whether both mean the same to buildkitd, and differ in comments or layout. They are content all the same: builders roll. */
  readonly isLayout?: true
}

/** Every field that differs, each as far inside as it has fields; lists are compared by place. */
export function fieldChanges(before: unknown, after: unknown, path: Path): readonly FieldChange[] {
  if (isEqual(before, after)) return []
  const inside = insides(before, after, path)
  if (!inside) return [{ path, before, after }]
  if (isEqual(inside.before, inside.after)) return [{ path, before, after, isLayout: true }]
  const keys = [...new Set([...Object.keys(inside.before), ...Object.keys(inside.after)])]
  return keys.flatMap((key) => {
    const step = Array.isArray(inside.after) ? Number(key) : key
    return fieldChanges(at(inside.before, key), at(inside.after, key), [...path, step])
  })
}

interface Insides {
  readonly before: object
  readonly after: object
}

/** What two values are compared by; undefined for what changes as a whole. */
function insides(before: unknown, after: unknown, path: Path): Insides | undefined {
  if (isMapping(before) && isMapping(after)) return { before, after }
  if (isListOfMappings(before) && isListOfMappings(after)) return { before, after }
  if (isToml(path)) return documents(before, after)
  if (before === undefined && isFilled(after)) return { before: emptyLike(after), after }
  return after === undefined && isFilled(before) ? { before, after: emptyLike(before) } : undefined
}

function isFilled(value: unknown): value is object {
  return (isMapping(value) || isListOfMappings(value)) && Object.keys(value).length > 0
}

function emptyLike(value: object): object {
  return Array.isArray(value) ? [] : {}
}

function documents(before: unknown, after: unknown): Insides | undefined {
  const [old, young] = [before, after].map((text) => (typeof text === 'string' ? readToml(text) : { value: {} }))
  if (!old || !young || 'error' in old || 'error' in young) return undefined
  return { before: old.value, after: young.value }
}

function isToml(path: Path): boolean {
  return path.length === TOML_FIELD.length && isWithin(TOML_FIELD, path)
}

/** Whether a path leads to a field, or to something in it. */
export function isWithin(field: Path, path: Path): boolean {
  return field.every((key, index) => path[index] === key)
}

function isListOfMappings(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.every(isMapping)
}

function at(container: object, key: string): unknown {
  return (container as Readonly<Record<string, unknown>>)[key]
}
