import fc from 'fast-check'
import type { Mapping } from '../../../fn/patch/merge.ts'
import { type FieldType, type FieldTypes, fieldTypesOf } from '../../../fn/upstream/kubernetes/pod-spec-types.ts'

/** Few, so that patches meet what they patch. */
export const NAMES: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c')

const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: NAMES,
  boolean: fc.boolean(),
  int32: fc.integer({ min: 1, max: 3 }),
  int64: fc.integer({ min: 1, max: 3 }),
  quantity: fc.constantFrom('1', '2Gi', 3),
  'int-or-string': fc.constantFrom(1, 'a'),
  'date-time': fc.constant('2026-11-30T00:00:00Z'),
  object: fc.constant({}),
}

/** A Pod's spec with values of the right types; nothing more is right about it. */
export const anyPodSpec: fc.Arbitrary<Mapping> = anyObject('PodSpec')

/** Some fields of a type; those that merge more often. */
export function anyObject(type: string): fc.Arbitrary<Mapping> {
  return someFields(fieldTypesOf(type), []).chain((fields) => {
    const values = fields.map(([name, field]) => [name, anyValue(field)] as const)
    return fc.record<Mapping>(Object.fromEntries(values), { noNullPrototype: true })
  })
}

/** Some fields of a type: more often those that merge, and the `preferred` ones. */
export function someFields(types: FieldTypes, preferred: readonly string[]): fc.Arbitrary<[string, FieldType][]> {
  const weighted = [...types].flatMap((entry) => {
    const weight = (entry[1].mergeKeys ? 4 : 1) * (preferred.includes(entry[0]) ? 4 : 1)
    return Array<[string, FieldType]>(weight).fill(entry)
  })
  return fc.uniqueArray(fc.constantFrom(...weighted), {
    selector: ([name]) => name,
    maxLength: types.size > 40 ? 8 : 5,
  })
}

/** A value of a field. */
export function anyValue(field: FieldType): fc.Arbitrary<unknown> {
  const one = anyScalar(field) ?? anyObject(field.type)
  if (field.shape === 'one') return one
  if (field.shape === 'map') return fc.dictionary(NAMES, one, { maxKeys: 3, noNullPrototype: true })
  const [key] = field.mergeKeys ?? []
  if (!field.mergeKeys) return fc.array(one, { maxLength: 3 })
  if (key === undefined) return fc.uniqueArray(one, { maxLength: 3 })
  return anyNames(field.type, key, []).chain((names) =>
    fc.tuple(...names.map((name) => anyItem(field.type, key, name))),
  )
}

/** A scalar of a field that is one, or that has many. */
export function anyScalar({ type, choices }: FieldType): fc.Arbitrary<unknown> | undefined {
  return choices ? fc.constantFrom(...choices) : SCALARS[type]
}

/** Some values, each once, of the key that items of a list merge by; those that are `known` more often. */
export function anyNames(type: string, key: string, known: readonly unknown[]): fc.Arbitrary<unknown[]> {
  const name = anyScalar(fieldTypesOf(type).get(key) as FieldType) ?? fc.constant(undefined)
  return fc.uniqueArray(known.length === 0 ? name : fc.oneof(name, fc.constantFrom(...known)), { maxLength: 3 })
}

function anyItem(type: string, key: string, name: unknown): fc.Arbitrary<Mapping> {
  return anyObject(type).map((object) => ({ ...object, [key]: name }))
}
