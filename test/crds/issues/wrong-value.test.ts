import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { Buildkit } from '../../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { type FieldIssue, validate } from '../../../crds/validate.ts'

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
const buildkit = { apiVersion, kind: 'Buildkit', metadata: { name: 'arm64' }, spec: { template: 'arm64' } }
const template = { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'arm64' } }
const spec = (fields: object) => ({ ...template, spec: fields })

/** Each object has one mistake; the issue says what, with the value that stood there and the one that ought to. */
const mistakes: readonly (readonly [name: string, schema: z.ZodMiniType, object: unknown, issue: FieldIssue])[] = [
  ['a list for an object', Buildkit, [], { path: [], message: 'must be an object, got a list', currentValue: [] }],
  [
    'another version',
    Buildkit,
    { ...buildkit, apiVersion: 'buildkit.seatgeek.io/v1' },
    {
      path: ['apiVersion'],
      message: 'must be "buildkit.seatgeek.io/v1alpha1", got "buildkit.seatgeek.io/v1"',
      currentValue: 'buildkit.seatgeek.io/v1',
      proposedValue: 'buildkit.seatgeek.io/v1alpha1',
    },
  ],
  ['no spec', Buildkit, { ...buildkit, spec: undefined }, { path: ['spec'], message: 'is required' }],
  ['no template', Buildkit, { ...buildkit, spec: {} }, { path: ['spec', 'template'], message: 'is required' }],
  [
    'an empty template',
    Buildkit,
    { ...buildkit, spec: { template: '' } },
    { path: ['spec', 'template'], message: 'must be the name of a BuildkitTemplate, got ""', currentValue: '' },
  ],
  [
    'a word for a number',
    BuildkitTemplate,
    spec({ port: 'two' }),
    { path: ['spec', 'port'], message: 'must be a whole number from 1 to 65535, got "two"', currentValue: 'two' },
  ],
  [
    'port 0',
    BuildkitTemplate,
    spec({ port: 0 }),
    { path: ['spec', 'port'], message: 'must be a whole number from 1 to 65535, got 0', currentValue: 0 },
  ],
  [
    'port 65536',
    BuildkitTemplate,
    spec({ port: 65536 }),
    { path: ['spec', 'port'], message: 'must be a whole number from 1 to 65535, got 65536', currentValue: 65536 },
  ],
  [
    'a broken number',
    BuildkitTemplate,
    spec({ port: 12.5 }),
    { path: ['spec', 'port'], message: 'must be a whole number from 1 to 65535, got 12.5', currentValue: 12.5 },
  ],
  [
    'a number that may have been rounded',
    BuildkitTemplate,
    spec({ lifecycle: { activeDeadlineSeconds: 2 ** 53 } }),
    {
      path: ['spec', 'lifecycle', 'activeDeadlineSeconds'],
      message: 'must be a whole number between -2^53 and 2^53, got 9007199254740992',
      currentValue: 2 ** 53,
    },
  ],
  [
    'a word for a boolean',
    BuildkitTemplate,
    spec({ rootless: 'true' }),
    { path: ['spec', 'rootless'], message: 'must be true or false, got "true"', currentValue: 'true' },
  ],
  [
    'a number for a boolean',
    BuildkitTemplate,
    spec({ rootless: 1 }),
    { path: ['spec', 'rootless'], message: 'must be true or false, got the number 1', currentValue: 1 },
  ],
  [
    'a string for a list',
    BuildkitTemplate,
    spec({ command: 'buildkitd --debug' }),
    {
      path: ['spec', 'command'],
      message: 'must be a list, got "buildkitd --debug"',
      currentValue: 'buildkitd --debug',
    },
  ],
  [
    'an object for a list',
    BuildkitTemplate,
    spec({ scheduling: { tolerations: {} } }),
    { path: ['spec', 'scheduling', 'tolerations'], message: 'must be a list, got an object', currentValue: {} },
  ],
  [
    'a boolean for an object',
    BuildkitTemplate,
    spec({ lifecycle: true }),
    { path: ['spec', 'lifecycle'], message: 'must be an object, got the boolean true', currentValue: true },
  ],
  [
    'an unknown suffix',
    BuildkitTemplate,
    spec({ resources: { maximum: { memory: '8GiB' } } }),
    {
      path: ['spec', 'resources', 'maximum', 'memory'],
      message: 'must be a quantity such as "500m" or "8Gi", got "8GiB"; did you mean "8Gi"?',
      currentValue: '8GiB',
    },
  ],
  [
    'a list for a quantity',
    Buildkit,
    { ...buildkit, spec: { template: 'a', resources: { limits: { cpu: [1] } } } },
    {
      path: ['spec', 'resources', 'limits', 'cpu'],
      message: 'must be a quantity such as "500m" or "8Gi", got a list',
      currentValue: [1],
    },
  ],
  [
    'a claim twice',
    Buildkit,
    { ...buildkit, spec: { template: 'a', resources: { claims: [{ name: 'gpu' }, { name: 'gpu', request: 'b' }] } } },
    {
      path: ['spec', 'resources', 'claims', 1, 'name'],
      message: 'must be the only item of its list with this `name`, got "gpu"',
      currentValue: 'gpu',
    },
  ],
  [
    'a name with a capital letter',
    Buildkit,
    { ...buildkit, metadata: { name: 'Arm64' } },
    {
      path: ['metadata', 'name'],
      message:
        'must be a DNS name of at most 253 lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part, got "Arm64"',
      currentValue: 'Arm64',
    },
  ],
  [
    'a template name of 58 characters',
    BuildkitTemplate,
    { ...template, metadata: { name: 'a'.repeat(58) } },
    {
      path: ['metadata', 'name'],
      message: `must be a DNS name of at most 57 lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part, got "${'a'.repeat(58)}"`,
      currentValue: 'a'.repeat(58),
    },
  ],
  [
    'a choice in the wrong case',
    z.strictObject({ policy: z.enum(['Always', 'IfNotPresent', 'Never']) }),
    { policy: 'always' },
    {
      path: ['policy'],
      message: 'must be one of "Always", "IfNotPresent", "Never", got "always"; did you mean "Always"?',
      currentValue: 'always',
      proposedValue: 'Always',
    },
  ],
]

for (const [name, schema, object, issue] of mistakes) {
  test(`the message about ${name}`, () => {
    assert.deepEqual(validate(schema, object), { issues: [issue] })
  })
}
