import { isMapping } from '../input/item.ts'
import { type FieldType, fieldTypesOf } from '../upstream/kubernetes/pod-spec-types.ts'
import { canonicalQuantity, parseQuantity } from '../upstream/kubernetes/quantity.ts'
import type { Mapping } from './merge.ts'

/**
 * What an API server adds to objects that `kubectl apply` compares or owns as a whole: references, and all that is in lists without a
 * merge key. The same object without it would be another one.
 */
const DEFAULTS: Readonly<Record<string, Mapping>> = {
  ObjectFieldSelector: { apiVersion: 'v1' },
  ResourceFieldSelector: { divisor: '0' },
  FileKeySelector: { optional: false },
  ServiceAccountTokenProjection: { expirationSeconds: 3600 },
  TypedLocalObjectReference: { apiGroup: null },
}

/** A Pod's spec as an API server stores it, so that `kubectl apply` finds no difference where it applies the same once more. */
export function stored(podSpec: Mapping): Mapping {
  return storedObject('PodSpec', podSpec)
}

function storedObject(type: string, object: Mapping): Mapping {
  const types = fieldTypesOf(type)
  const entries = Object.entries({ ...DEFAULTS[type], ...object }).map(([name, value]) => {
    const field = types.get(name)
    return { name, field, value: field ? storedField(field, value) : value }
  })
  const kept = entries.filter(({ field, value }) => !field || !isLeftOut(field, value))
  return Object.fromEntries(kept.map(({ name, value }) => [name, value]))
}

function storedField(field: FieldType, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => storedOne(field, item))
  if (field.shape !== 'map' || !isMapping(value)) return storedOne(field, value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, storedOne(field, inner)]))
}

function storedOne({ type }: FieldType, value: unknown): unknown {
  if (isMapping(value)) return storedObject(type, value)
  const quantity = type === 'quantity' ? parseQuantity(value as string | number) : undefined
  return quantity ? canonicalQuantity(quantity) : value
}

/** An empty object may say something, but no empty list or map does. */
function isLeftOut({ shape, isOmittedIfEmpty }: FieldType, value: unknown): boolean {
  if (shape !== 'one') return Object.keys(value as object).length === 0
  return isOmittedIfEmpty && (value === '' || value === 0 || value === false)
}
