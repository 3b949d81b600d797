import { closest } from '../../crds/closest.ts'
import type { FieldIssue, Path } from '../../crds/validate.ts'
import { isMapping } from '../input/item.ts'
import { actionOf, PATCH } from './directives.ts'
import { type List, type PlaceOf, placesIn } from './element-order.ts'
import type { Mapping } from './merge.ts'
import { ACTION, fieldOf, found, issue, isWanted, itemOf, mergingItemOf, type Place, touch } from './reading.ts'

/** With so many names another one is compared. */
const COMPARED_MAX = 100

/** How items of a list are merged, and how each is read. */
interface Items {
  readonly mergeKeys: readonly [string, ...string[]]
  readonly read: (item: unknown, place: Place) => void
}

/** Reads a list whose items are merged with those that have the same key. */
export function readMergingList(list: List, { mergeKeys, read }: Items, place: Place): void {
  const [key] = mergeKeys
  const left = itemsLeft(list, key, place.original)
  const placeLeft = placesIn(left ?? [], key)
  const placeBefore = placesIn(Array.isArray(place.original) ? place.original : [], key)
  // Items of a new list may differ in any of the keys; where there is a list, those that share the first would become one.
  const once = readOnce(left ? [key] : mergeKeys)
  for (const [index, item] of list.entries()) {
    const at = itemOf(place, index)
    if (!isMapping(item)) read(item, at)
    else if (actionOf(item) !== undefined)
      readItemDirective(item, { key, placeBefore }, { ...at, original: place.original })
    else {
      const value = item[key]
      const merging = mergingItemOf(at, { key, value, original: left?.[placeLeft(item)] })
      once(item, merging)
      touch(merging, item)
      read(item, merging)
    }
  }
}

/** The items of a list that the items of a patch can be merged with; undefined if there is no list, or none any more. */
function itemsLeft(patch: List, key: string, original: unknown): readonly Mapping[] | undefined {
  const directives = patch.filter(isMapping).filter((item) => actionOf(item) !== undefined)
  if (!Array.isArray(original) || directives.some((item) => item[PATCH] === 'replace')) return undefined
  const placeOfDeleted = placesIn(directives, key)
  return original.filter((one) => placeOfDeleted(one) < 0)
}

/** Every item needs its key, and is the only one that has it. */
function readOnce(keys: readonly [string, ...string[]]): (item: Mapping, at: Place) => void {
  const [key] = keys
  const seen = new Set<string>()
  return (item, at) => {
    const name = JSON.stringify(keys.map((one) => item[one]))
    const isMissing = item[key] === undefined || item[key] === null
    if (isMissing) issue(fieldOf(at, key), 'is required: items of this list are merged by it')
    else if (seen.has(name))
      issue(fieldOf(at, key), `must be in this list once, got ${JSON.stringify(item[key])} again`, {
        currentValue: item[key],
      })
    seen.add(name)
  }
}

/** What a list has without the patch. */
interface Before {
  readonly key: string
  readonly placeBefore: PlaceOf
}

/** An item that says what becomes of itself, or of the whole list. */
function readItemDirective(item: Mapping, { key, placeBefore }: Before, at: Place): void {
  const action = item[PATCH]
  const list = Array.isArray(at.original) ? (at.original as readonly Mapping[]) : undefined
  const about = action === 'delete' ? mergingItemOf(at, { key, value: item[key], original: undefined }) : at
  touch(about, item)
  if (!isWanted(ACTION, action, fieldOf(at, PATCH))) return
  if (!list) issue(fieldOf(at, PATCH), `finds nothing to ${action}`, { currentValue: action })
  else if (action === 'replace' && Object.keys(item).length > 1)
    issue(fieldOf(at, PATCH), 'must be an item of its own: it replaces the list, and the rest of its item is lost')
  else if (action === 'delete' && item[key] === undefined)
    issue(fieldOf(at, key), 'is required: it says which item is deleted')
  else if (action === 'delete' && placeBefore(item) < 0) {
    const names = list.slice(0, COMPARED_MAX).map((one) => String(one[key]))
    found(fieldOf(at, key), () => nothingToDelete(item[key], names, fieldOf(at, key).path))
  }
}

function nothingToDelete(name: unknown, names: readonly string[], path: Path): FieldIssue {
  const proposedValue = closest(String(name), names)
  const hint = proposedValue === undefined ? '' : `; did you mean "${proposedValue}"?`
  const message = `must be that of an item to delete, got ${JSON.stringify(name)}${hint}`
  return { path, message, currentValue: name, ...(proposedValue !== undefined && { proposedValue }) }
}
