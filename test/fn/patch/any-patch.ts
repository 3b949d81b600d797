import fc from 'fast-check'
import type { Mapping } from '../../../fn/patch/merge.ts'
import { type FieldType, fieldTypesOf } from '../../../fn/upstream/kubernetes/pod-spec-types.ts'

/** Few, so that patches meet what they patch. */
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: fc.constantFrom('a', 'b', 'c'),
  boolean: fc.boolean(),
  int32: fc.integer({ min: 1, max: 3 }),
  int64: fc.integer({ min: 1, max: 3 }),
  quantity: fc.constantFrom('1', '2Gi', 3),
  'int-or-string': fc.constantFrom(1, 'a'),
  'date-time': fc.constant('2026-11-30T00:00:00Z'),
  object: fc.constant({}),
}
const KEYS = fc.constantFrom('a', 'b', 'c')

/** Parts of a Pod's spec with values of the right types; nothing more is right about them. */
export const anyPodSpec: fc.Arbitrary<Mapping> = objectOf('PodSpec', false)

/** Patches for them with every directive, some of which have nothing to act on. */
export const anyPatch: fc.Arbitrary<Mapping> = objectOf('PodSpec', true)

/** Some fields of a type, and in a patch directives. What merges is chosen more often. */
function objectOf(type: string, isPatch: boolean): fc.Arbitrary<Mapping> {
  const types = fieldTypesOf(type)
  const names = [...types].flatMap(([name, { mergeKeys }]) => Array(mergeKeys ? 4 : 1).fill(name) as string[])
  const chosen = fc.uniqueArray(fc.constantFrom(...names), { maxLength: type === 'PodSpec' ? 8 : 4 })
  return chosen.chain((fields) => {
    const values = Object.fromEntries(fields.map((name) => [name, anyValueOf(types.get(name) as FieldType, isPatch)]))
    const object: fc.Arbitrary<Mapping> = fc.record(values, { noNullPrototype: true })
    return isPatch ? object.chain((made) => anyDirective(type, made).map((more) => ({ ...more, ...made }))) : object
  })
}

function anyValueOf(field: FieldType, isPatch: boolean): fc.Arbitrary<unknown> {
  const value = { one: oneOf, map: mapOf, list: listOf }[field.shape](field, isPatch)
  return isPatch ? fc.oneof({ weight: 15, arbitrary: value }, { weight: 1, arbitrary: fc.constant(null) }) : value
}

function oneOf({ type, choices }: FieldType, isPatch: boolean): fc.Arbitrary<unknown> {
  return choices ? fc.constantFrom(...choices) : (VALUES[type] ?? objectOf(type, isPatch))
}

function mapOf(field: FieldType, isPatch: boolean): fc.Arbitrary<unknown> {
  return fc.dictionary(KEYS, oneOf(field, isPatch), { maxKeys: 3, noNullPrototype: true })
}

function listOf(field: FieldType, isPatch: boolean): fc.Arbitrary<unknown> {
  const [key] = field.mergeKeys ?? []
  if (key !== undefined) return mergingList(field.type, key, isPatch)
  const item = oneOf(field, isPatch)
  return field.mergeKeys ? fc.uniqueArray(item, { maxLength: 3 }) : fc.array(item, { maxLength: 3 })
}

function mergingList(type: string, key: string, isPatch: boolean): fc.Arbitrary<unknown> {
  const name = oneOf(fieldTypesOf(type).get(key) as FieldType, false)
  const item = fc.tuple(objectOf(type, isPatch), name).map(([object, value]) => ({ ...object, [key]: value }))
  const items = fc.uniqueArray(item, { selector: (made) => made[key], maxLength: 3 })
  if (!isPatch) return items
  const action = fc.oneof(
    name.map((value) => ({ $patch: 'delete', [key]: value })),
    fc.constant({ $patch: 'replace' }),
  )
  return fc.tuple(items, fc.option(action, { freq: 3 }), fc.boolean()).map(([made, one, isFirst]) => {
    const actions = one === null ? [] : [one]
    return isFirst ? [...actions, ...made] : [...made, ...actions]
  })
}

/** One of them, seldom; an order more often. */
function anyDirective(type: string, patch: Mapping): fc.Arbitrary<Mapping> {
  const types = fieldTypesOf(type)
  const scalars = [...types].filter(([, field]) => field.shape === 'list' && field.type in VALUES).map(([name]) => name)
  const orders = Object.entries(patch).flatMap(([name, list]) => {
    const { mergeKeys } = types.get(name) as FieldType
    return mergeKeys && Array.isArray(list)
      ? [orderOf(list, mergeKeys[0]).map((order) => ({ [`$setElementOrder/${name}`]: order }))]
      : []
  })
  const directives = [
    fc.constantFrom({ $patch: 'replace' }, { $patch: 'delete' }),
    fc.constant({ $retainKeys: Object.keys(patch) }),
    ...scalars.map((name) =>
      fc.array(KEYS, { maxLength: 2 }).map((list) => ({ [`$deleteFromPrimitiveList/${name}`]: list })),
    ),
  ].map((arbitrary) => ({ weight: 1, arbitrary }))
  return fc.oneof(
    { weight: 20, arbitrary: fc.constant({}) },
    ...directives,
    ...orders.map((arbitrary) => ({ weight: 8, arbitrary })),
  )
}

/** The items of a patch in their order, and others before or behind them. */
function orderOf(list: readonly unknown[], key: string | undefined): fc.Arbitrary<readonly unknown[]> {
  const nameOf = (item: unknown) => (key === undefined ? item : (item as Mapping)[key])
  const names = list.filter((item) => !Object.hasOwn(Object(item), '$patch')).map(nameOf)
  const others = ['a', 'b', 'c', 1, 2, 3].filter(
    (name) => !names.includes(name) && typeof name === typeof (names[0] ?? 'a'),
  )
  return fc.tuple(fc.shuffledSubarray(others), fc.nat(others.length)).map(([chosen, at]) => {
    const order = [...chosen.slice(0, at), ...names, ...chosen.slice(at)]
    return key === undefined ? order : order.map((name) => ({ [key]: name }))
  })
}
