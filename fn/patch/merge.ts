import { isMapping } from '../input/item.ts'
import { type FieldType, fieldTypesOf } from '../upstream/kubernetes/pod-spec-types.ts'
import { actionOf, isDirective, type ListDirective, listDirective, PATCH, RETAIN_KEYS } from './directives.ts'
import { inOrder, type List, placesIn } from './element-order.ts'

export type Mapping = Readonly<Record<string, unknown>>

/**
 * A Pod's spec after a strategic merge patch without mistakes, as an API server and kubectl merge it (apimachinery v0.37.2,
 * pkg/util/strategicpatch/patch.go). It is a new one wherever the patch says something.
 */
export function patched(podSpec: Mapping, patch: Mapping): Mapping {
  return mergedMap('PodSpec', podSpec, patch)
}

function mergedMap(type: string, original: Mapping, patch: Mapping): Mapping {
  if (patch[PATCH] === 'delete') return {}
  if (patch[PATCH] === 'replace') return cleaned(patch) as Mapping
  const types = fieldTypesOf(type)
  const fields = new Map(retained(original, patch))
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) fields.delete(field)
    else if (!isDirective(field)) fields.set(field, mergedField(types.get(field), fields.get(field), value))
  }
  for (const [key, list] of Object.entries(patch)) {
    const directive = listDirective(key)
    const items = fields.get(directive?.field ?? '')
    if (!directive || !Array.isArray(items)) continue
    const before = (original[directive.field] ?? []) as List
    const [mergeKey] = types.get(directive.field)?.mergeKeys ?? []
    fields.set(directive.field, ACTIONS[directive.verb](items, { order: list as List, before, key: mergeKey }))
  }
  return Object.fromEntries(fields)
}

const ACTIONS: Readonly<Record<ListDirective['verb'], typeof inOrder>> = {
  $setElementOrder: inOrder,
  $deleteFromPrimitiveList: (items, { order }) => {
    const deleted = new Set(order)
    return items.filter((item) => !deleted.has(item))
  },
}

/** The fields that are there, or of them those that `$retainKeys` names. */
function retained(original: Mapping, { [RETAIN_KEYS]: keys }: Mapping): readonly (readonly [string, unknown])[] {
  const fields = Object.entries(original)
  return Array.isArray(keys) ? fields.filter(([field]) => keys.includes(field)) : fields
}

/** What is in a map of strings or amounts has no type. */
function mergedField(field: FieldType | undefined, original: unknown, patch: unknown): unknown {
  const { type = '', shape, mergeKeys } = field ?? {}
  if (isMapping(original) && isMapping(patch)) return mergedMap(shape === 'one' ? type : '', original, patch)
  if (!mergeKeys || !Array.isArray(original) || !Array.isArray(patch)) return cleaned(patch)
  const [key] = mergeKeys
  return key === undefined ? union(original, patch) : mergedList({ type, key }, original, patch)
}

function union(original: List, patch: List): List {
  return inOrder([...new Set([...original, ...patch])], { order: patch, before: original, key: undefined })
}

/** What is in a list that merges. */
interface Element {
  readonly type: string
  readonly key: string
}

function mergedList({ type, key }: Element, original: List, patch: List): List {
  const directives = (patch as readonly Mapping[]).filter((item) => actionOf(item) !== undefined)
  const rest = (patch as readonly Mapping[]).filter((item) => actionOf(item) === undefined)
  if (directives.some((item) => item[PATCH] === 'replace')) return cleaned(rest) as List
  const placeOfDeleted = placesIn(directives, key)
  const before = original.filter((item) => placeOfDeleted(item) < 0)
  const placeBefore = placesIn(before, key)
  const items = [...before] as Mapping[]
  for (const item of rest) {
    const place = placeBefore(item)
    if (place < 0) items.push(cleaned(item) as Mapping)
    else items[place] = mergedMap(type, items[place] as Mapping, item)
  }
  return inOrder(items, { order: rest, before, key })
}

/** What an API server reads of what it takes as it is: no directive, and no null. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  if (!isMapping(value)) return value
  const kept = Object.entries(value).filter(([key, inner]) => !isDirective(key) && inner !== null)
  return Object.fromEntries(kept.map(([key, inner]) => [key, cleaned(inner)]))
}
