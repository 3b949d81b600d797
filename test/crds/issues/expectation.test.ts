import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { Buildkit } from '../../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { expectation } from '../../../crds/issues/expectation.ts'
import { configMapSchema, renderBuildkitSchema } from '../../../fn/config/render-config.ts'
import { rulesSchema } from '../../../fn/config/rule-assignments.ts'

const SCHEMAS = {
  Buildkit,
  BuildkitTemplate,
  rules: rulesSchema(),
  ConfigMap: configMapSchema({}),
  RenderBuildkit: renderBuildkitSchema(),
}

/** The checks and unions in a schema, by their paths, that leave it to zod to say what they want. */
function speechless(schema: z.core.$ZodType, path: string): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  const checks = (def.checks ?? []).filter((one) => !isWorded(one._zod.def) && one._zod.def.check !== 'custom')
  const own = [
    ...checks.map((one) => `${path}: ${one._zod.def.check}`),
    ...(isUnworded(def) ? [`${path}: ${def.type}`] : []),
  ]
  return [...own, ...partsOf(def).flatMap(([key, part]) => speechless(part, `${path}.${key}`))]
}

function isUnworded(def: z.core.$ZodTypeDef): boolean {
  const hasFormat = 'check' in def || def.type === 'union'
  return hasFormat && !isWorded(def)
}

function isWorded({ error }: { readonly error?: unknown }): boolean {
  return error !== undefined
}

function partsOf(def: z.core.$ZodTypes['_zod']['def']): readonly (readonly [string, z.core.$ZodType])[] {
  if ('shape' in def) return Object.entries(def.shape)
  if ('innerType' in def) return [['', def.innerType]]
  if (def.type === 'array') return [['[]', def.element]]
  if (def.type === 'record') return [['[]', def.valueType]]
  return def.type === 'union' ? def.options.map((one, at) => [`|${at}`, one]) : []
}

for (const [name, schema] of Object.entries(SCHEMAS)) {
  test(`every check says what it wants in words of its own: ${name}`, () => {
    assert.deepEqual(speechless(schema, name), [])
  })
}

test('no code of zod is ever said', () => {
  for (const schema of [
    z.string().check(z.regex(/x/)),
    z.number().check(z.gte(3)),
    z.union([z.string(), z.number()]),
    z.nan(),
    z.date(),
  ]) {
    const messages = [null, '', 1, {}].flatMap(
      (value) => schema.safeParse(value, { error: expectation }).error?.issues ?? [],
    )
    for (const { message } of messages) assert.match(message, /^(?:a string|a number|another value)$/)
  }
})
