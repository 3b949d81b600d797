import fc from 'fast-check'
import { isMapping } from '../../../fn/input/item.ts'
import type { Mapping } from '../../../fn/patch/merge.ts'
import { type FieldType, fieldTypesOf } from '../../../fn/upstream/kubernetes/pod-spec-types.ts'
import { anyNames, anyObject, anyScalar, anyValue, NAMES, someFields } from './any-pod-spec.ts'

/** Patches of a Pod's spec, with all directives, each where it has something to act on. */
export function anyPatchOf(podSpec: Mapping): fc.Arbitrary<Mapping> {
  return merging('PodSpec', podSpec, {})
}

/** A patch of an object, or one that deletes or replaces it. */
function anyPatch(type: string, original: unknown): fc.Arbitrary<Mapping> {
  if (!isMapping(original)) return merging(type, {}, {})
  const action = fc.constantFrom('delete', 'replace')
  const replacing = fc.tuple(action, anyObject(type)).map(([$patch, object]) => ({ $patch, ...object }))
  return fc.oneof({ weight: 10, arbitrary: merging(type, original, {}) }, { weight: 1, arbitrary: replacing })
}

/** A patch of an object that has these `fields`. */
function merging(type: string, original: Mapping, fields: Mapping): fc.Arbitrary<Mapping> {
  const patch = someFields(fieldTypesOf(type), Object.keys(original)).chain((chosen) => {
    const values = chosen.map(([name, field]) => [name, anyPatchOfField(field, original[name])] as const)
    return fc.record<Mapping>(Object.fromEntries(values), { noNullPrototype: true })
  })
  return patch.chain((some) => {
    const made = { ...some, ...fields }
    return anyDirective(type, made, original).map((directive) => ({ ...directive, ...made }))
  })
}

function anyPatchOfField(field: FieldType, original: unknown): fc.Arbitrary<unknown> {
  const [key] = field.mergeKeys ?? []
  const isObject = field.shape === 'one' && anyScalar(field) === undefined
  const value = isObject ? anyPatch(field.type, original) : anyValue(field)
  const patch = key === undefined ? value : anyPatchOfList(field.type, key, original)
  return fc.oneof({ weight: 15, arbitrary: patch }, { weight: 1, arbitrary: fc.constant(null) })
}

/** Some items, and perhaps one that deletes an item or replaces the list. */
function anyPatchOfList(type: string, key: string, original: unknown): fc.Arbitrary<unknown> {
  const before = Array.isArray(original) ? (original as readonly Mapping[]) : []
  const deletions = before.map((item): Mapping => ({ $patch: 'delete', [key]: item[key] }))
  const replacement: readonly Mapping[] = Array.isArray(original) ? [{ $patch: 'replace' }] : []
  const action = fc.constantFrom(undefined, undefined, ...deletions, ...replacement)
  const anyItems = anyNames(
    type,
    key,
    before.map((item) => item[key]),
  )
  return fc.tuple(anyItems, action, fc.boolean()).chain(([names, directive, isFirst]) => {
    const left = before.filter((item) => directive?.$patch !== 'replace' && item[key] !== directive?.[key])
    const items = names.map((name) => merging(type, left.find((item) => item[key] === name) ?? {}, { [key]: name }))
    const directives = directive ? [directive] : []
    return fc.tuple(...items).map((made) => (isFirst ? [...directives, ...made] : [...made, ...directives]))
  })
}

/** What a patch of an object says about the object or its lists: seldom anything. */
function anyDirective(type: string, patch: Mapping, original: Mapping): fc.Arbitrary<Mapping> {
  const lists = [...fieldTypesOf(type)].filter(([, { shape }]) => shape === 'list')
  const isLeft = (name: string) => Array.isArray(original[name]) && !Object.hasOwn(patch, name)
  const scalars = lists.filter(([name, field]) => isLeft(name) && anyScalar(field))
  const deletions = scalars.map(([name]) =>
    fc.array(NAMES, { maxLength: 2 }).map((list) => ({ [`$deleteFromPrimitiveList/${name}`]: list })),
  )
  const orders = lists.flatMap(([name, { mergeKeys }]) => {
    const order = mergeKeys && anyOrder(patch[name] ?? [], original[name] ?? [], mergeKeys[0])
    return patch[name] !== null && order ? [order.map((made) => ({ [`$setElementOrder/${name}`]: made }))] : []
  })
  const retain = fc.subarray(Object.keys(original)).map((more) => ({ $retainKeys: [...Object.keys(patch), ...more] }))
  const others = [retain, ...deletions, ...orders].map((arbitrary) => ({ weight: 1, arbitrary }))
  return fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, ...others)
}

/** The items of a patch in their order, others anywhere; none where nothing is to be put in order. */
function anyOrder(patch: unknown, original: unknown, key: string | undefined): fc.Arbitrary<unknown> | undefined {
  const [items, before] = [patch, original] as [readonly unknown[], readonly unknown[]]
  const actionOf = (item: unknown) => (isMapping(item) ? item.$patch : undefined)
  if (items.some((item) => actionOf(item) === 'replace') || (items.length === 0 && before.length === 0))
    return undefined
  const nameOf = (item: unknown) => (isMapping(item) && key !== undefined ? item[key] : item)
  const names = items.filter((item) => actionOf(item) === undefined).map(nameOf)
  const others = before.map(nameOf).filter((name) => !names.includes(name))
  return fc.tuple(fc.shuffledSubarray(others), fc.nat(names.length)).map(([chosen, at]) => {
    const order = [...names.slice(0, at), ...chosen, ...names.slice(at)]
    return key === undefined ? order : order.map((name) => ({ [key]: name }))
  })
}
