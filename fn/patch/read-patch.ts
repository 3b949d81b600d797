import { notAField } from '../../crds/issues/unknown-field.ts'
import { CONTAINER } from '../../crds/names.ts'
import type { FieldIssue, Path, WrittenAt } from '../../crds/validate.ts'
import { isMapping } from '../input/item.ts'
import { type FieldType, fieldTypesOf } from '../upstream/kubernetes/pod-spec-types.ts'
import { isDirective } from './directives.ts'
import type { List } from './element-order.ts'
import type { Mapping } from './merge.ts'
import { readDirectives } from './read-directives.ts'
import { readMergingList } from './read-list.ts'
import { fieldOf, found, isWanted, itemOf, type Place, shown, type Touch, touch } from './reading.ts'
import { A_LIST, AN_OBJECT, scalarSchema } from './scalar-types.ts'

interface Read {
  /** Everything in the patch that Kubernetes would not take as it is meant. */
  readonly issues: readonly FieldIssue[]
  readonly touches: readonly Touch[]
}

interface Into {
  /** Where the patch is. */
  readonly path: Path
  /** What it is merged into. */
  readonly podSpec: Mapping
  readonly writtenAt?: WrittenAt | undefined
}

/** Reads a patch of a Pod's spec, whatever it is. */
export function readPatch(patch: unknown, { path, podSpec, writtenAt }: Into): Read {
  const place = { path, location: '', original: podSpec, issues: [], touches: [], writtenAt }
  readMap('PodSpec', patch, place)
  return place
}

function readMap(type: string, patch: unknown, place: Place): void {
  if (!isMapping(patch)) return void isWanted(AN_OBJECT, patch, place)
  const types = fieldTypesOf(type)
  const inside = readDirectives(patch, types, place)
  for (const [field, value] of Object.entries(patch)) {
    const known = types.get(field)
    if (known) readField(known, value, fieldOf(inside, field))
    else if (!isDirective(field)) readUnknown(type, value, fieldOf(place, field))
  }
}

function readUnknown(type: string, value: unknown, place: Place): void {
  found(place, () => unknown(type, value, place))
}

/** Fields of a Pod and of its containers are taken for each other. */
function unknown(type: string, value: unknown, { path }: Place): FieldIssue {
  const field = String(path.at(-1))
  const inContainer = type === 'PodSpec' && fieldTypesOf('Container').has(field)
  const inPod = type === 'Container' && fieldTypesOf('PodSpec').has(field)
  const elsewhere = [
    ...(inContainer ? [`containers[name=${CONTAINER}].${field}`] : []),
    ...(inPod ? [`podSpecPatch.${field}`] : []),
  ]
  const { currentValue: _, ...rest } = notAField({ path, value, fields: [...fieldTypesOf(type).keys()], elsewhere })
  return { ...rest, ...shown(value) }
}

/** Null is no value: it removes the field. */
function readField(field: FieldType, value: unknown, place: Place): void {
  touch(place, value)
  if (value === null) return
  if (field.shape === 'one') readOne(field, value, place)
  else if (field.shape === 'list') readList(field, value, place)
  else if (isWanted(AN_OBJECT, value, place)) readEntries(field, value as Mapping, place)
}

function readOne(field: FieldType, value: unknown, place: Place): void {
  const schema = scalarSchema(field)
  if (schema) isWanted(schema, value, place)
  else readMap(field.type, value, place)
}

function readEntries(field: FieldType, map: Mapping, place: Place): void {
  const inside = readDirectives(map, new Map(), place)
  for (const [key, value] of Object.entries(map))
    if (!isDirective(key) && value !== null) readOne(field, value, fieldOf(inside, key))
}

function readList(field: FieldType, list: unknown, place: Place): void {
  if (!isWanted(A_LIST, list, place)) return
  const [key, ...otherKeys] = field.mergeKeys ?? []
  const read = (item: unknown, at: Place) => readOne(field, item, at)
  if (key !== undefined) readMergingList(list as List, { mergeKeys: [key, ...otherKeys], read }, place)
  else for (const [index, item] of (list as List).entries()) read(item, itemOf(place, index))
}
