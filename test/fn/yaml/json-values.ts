import fc from 'fast-check'
import { fragileString } from './fragile-strings.ts'

const key = fc.oneof(fc.constantFrom('a', 'b', 'name', 'app.kubernetes.io/name', '10', '-'), fragileString)
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
)

interface Json {
  value: unknown
  map: object
  list: unknown[]
}

const { value, map, list } = fc.letrec<Json>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fragileString, number, fc.boolean(), fc.constant(null), tie('map'), tie('list')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  list: fc.array(tie('value'), { maxLength: 4 }),
}))

export const jsonValue: fc.Arbitrary<unknown> = value
/** Mappings and sequences that are not empty, which `emit` writes as blocks. */
export const jsonBlock: fc.Arbitrary<object> = fc.oneof(map, list).filter((one) => Object.keys(one).length > 0)
