import * as z from 'zod/mini'
import { notAField } from '../../crds/issues/unknown-field.ts'
import { isMapping } from '../input/item.ts'
import type { FieldType, FieldTypes } from '../upstream/kubernetes/pod-spec-types.ts'
import { actionOf, isDirective, listDirective, PATCH, RETAIN_KEYS } from './directives.ts'
import type { List } from './element-order.ts'
import type { Mapping } from './merge.ts'
import { ACTION, fieldOf, found, issue, isWanted, type Place, touch } from './reading.ts'
import { scalarSchema } from './scalar-types.ts'

const KEYS = z.array(z.string())
const SCALAR = z.union([z.string(), z.number()])

/** Reads what an object says about itself and its lists; what is left of `place` is what the rest of it is merged into. */
export function readDirectives(patch: Mapping, types: FieldTypes, place: Place): Place {
  for (const [key, value] of directivesIn(patch)) {
    const at = { ...fieldOf(place, key), location: place.location }
    const list = listDirective(key)
    touch(list ? fieldOf(place, list.field) : at, value)
    if (key === PATCH) readAction(value, at, place.original)
    else if (key === RETAIN_KEYS) readRetainKeys(value, patch, at)
    else if (list?.verb === '$deleteFromPrimitiveList')
      readDeletion(types.get(list.field), value, { ...at, isAlone: !Object.hasOwn(patch, list.field) })
    else if (list) {
      const before = fieldOf(place, list.field).original
      readOrder({ type: types.get(list.field), order: value, items: patch[list.field], before }, at)
    } else found(at, () => notAField({ path: at.path, value, fields: [PATCH, RETAIN_KEYS], elsewhere: [] }))
  }
  return actionOf(patch) !== undefined ? { ...place, original: undefined } : place
}

/** All but `merge`, which says what a patch does anyway. */
function directivesIn(patch: Mapping): readonly (readonly [string, unknown])[] {
  return Object.entries(patch).filter(([key, value]) => isDirective(key) && !(key === PATCH && value === 'merge'))
}

/** An API server that finds nothing to replace drops what should replace it. */
function readAction(action: unknown, at: Place, original: unknown): void {
  if (isWanted(ACTION, action, at) && !isMapping(original))
    issue(at, `finds nothing to ${action}`, { currentValue: action, fix: { kind: 'remove' } })
}

/** An API server refuses a field beside it that it does not name. */
function readRetainKeys(keys: unknown, patch: Mapping, at: Place): void {
  if (!isWanted(KEYS, keys, at)) return
  const set = Object.keys(patch).filter((key) => patch[key] !== null && !isDirective(key))
  const named = new Set(keys as List)
  const missing = set.filter((key) => !named.has(key))
  if (missing.length > 0) issue(at, `must name all fields that the patch sets here; ${quoted(missing)} is missing`)
}

/** An API server takes the list and what is deleted from it in no order. */
function readDeletion(type: FieldType | undefined, items: unknown, at: Place & { readonly isAlone: boolean }): void {
  const schema = type?.shape === 'list' ? scalarSchema(type) : undefined
  if (!schema) issue(at, 'must be about a list of strings or numbers')
  else if (isWanted(z.array(schema), items, at) && !at.isAlone) issue(at, 'must not be beside its list')
}

interface Order {
  readonly type: FieldType | undefined
  readonly order: unknown
  /** What the patch has in the list. */
  readonly items: unknown
  /** What the list has without the patch. */
  readonly before: unknown
}

/** An API server refuses an order that lacks an item of the patch, or has them in another order than the patch. */
function readOrder({ type, order, items, before }: Order, at: Place): void {
  if (!type?.mergeKeys) return void issue(at, 'must be about a list that merges')
  const [key] = type.mergeKeys
  if (!isWanted(z.array(key === undefined ? SCALAR : z.looseObject({ [key]: SCALAR })), order, at)) return
  const patch = Array.isArray(items) ? items : []
  const nameOf = (item: unknown) => JSON.stringify(isMapping(item) && key !== undefined ? item[key] : item)
  const names = patch.filter((item) => actionOf(item) === undefined).map(nameOf)
  const known = new Set(names)
  const ordered = (order as List).map(nameOf).filter((name) => known.has(name))
  const isReplaced = patch.some((item) => actionOf(item) === 'replace')
  if (items === null || isReplaced || (isEmpty(patch) && isEmpty(before))) issue(at, 'finds nothing to order')
  else if (ordered.join() !== names.join()) issue(at, `must have ${names.join(', ')} in the order of the patch`)
}

function isEmpty(list: unknown): boolean {
  return !Array.isArray(list) || list.length === 0
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
