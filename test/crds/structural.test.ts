import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { group, optional, required, withDefault } from '../../crds/field.ts'
import type { JsonSchema } from '../../crds/generate/json-schema.ts'
import { structural } from '../../crds/generate/structural.ts'
import { atomicList, mapList } from '../../crds/kubernetes/list.ts'
import { Int32, Int64, Quantity, StringMap, Timestamp, wholeNumber } from '../../crds/kubernetes/scalars.ts'

const Named = z.strictObject({ name: z.string(), note: z.optional(z.string()) })
const Defaulted = z.strictObject({ on: withDefault('Whether.', z.boolean(), false) })

const rules: readonly (readonly [rule: string, schema: z.ZodMiniType, structural: JsonSchema])[] = [
  [
    'unknown fields are left to field validation',
    Named,
    { type: 'object', properties: { name: { type: 'string' }, note: { type: 'string' } }, required: ['name'] },
  ],
  ['a map keeps what its values are', StringMap, { type: 'object', additionalProperties: { type: 'string' } }],
  ['a title is for the reference only', Named.register(z.globalRegistry, { title: 'Named' }), structuralOf(Named)],
  ['an int32 needs no bounds', Int32, { type: 'integer', format: 'int32' }],
  ['an int64 needs no bounds', Int64, { type: 'integer', format: 'int64' }],
  ['narrower bounds stay', wholeNumber(1, 9), { type: 'integer', format: 'int32', minimum: 1, maximum: 9 }],
  ['a string keeps its least length', z.string().check(z.minLength(1)), { type: 'string', minLength: 1 }],
  ['a time keeps its format', Timestamp, { type: 'string', format: 'date-time' }],
  ['a choice is an enumeration', z.enum(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
  [
    'a quantity is an integer or a string with its pattern',
    Quantity,
    {
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      pattern: '^[+-]?([0-9]{1,100}(\\.[0-9]{0,100})?|\\.[0-9]{1,100})([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,3})?$',
      'x-kubernetes-int-or-string': true,
    },
  ],
  [
    'a list that is replaced as a whole says so',
    atomicList(z.string()),
    { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'atomic' },
  ],
  [
    'a list that is merged says by which key',
    mapList('name', z.strictObject({ name: z.string() })),
    {
      type: 'array',
      items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    },
  ],
  [
    'a group of defaults is there even if it is left out',
    z.strictObject({ group: group('Some.', Defaulted) }),
    {
      type: 'object',
      properties: {
        group: {
          description: 'Some.',
          default: {},
          type: 'object',
          properties: { on: { description: 'Whether.', default: false, type: 'boolean' } },
        },
      },
    },
  ],
  [
    'each field has its own description, also of a type that several share',
    z.strictObject({ a: required('First.', Int32), b: optional('Second.', Int32), c: Int32 }),
    {
      type: 'object',
      properties: {
        a: { description: 'First.', type: 'integer', format: 'int32' },
        b: { description: 'Second.', type: 'integer', format: 'int32' },
        c: { type: 'integer', format: 'int32' },
      },
      required: ['a', 'c'],
    },
  ],
]

for (const [rule, schema, expected] of rules) {
  test(rule, () => {
    assert.deepEqual(structuralOf(schema), expected)
  })
}

test('a union has no structural equivalent', () => {
  const union = z.union([z.string(), z.boolean()])
  assert.throws(() => structuralOf(union), /^Error: must have a structural equivalent, got "anyOf" in /)
})

test('a keyword that no rule is for is never dropped in silence', () => {
  const list = z.array(z.string()).check(z.maxLength(3))
  assert.throws(() => structuralOf(list), /^Error: must have a structural equivalent, got "maxItems" in /)
})

function structuralOf(schema: z.ZodMiniType): JsonSchema {
  return structural(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }) as JsonSchema)
}
