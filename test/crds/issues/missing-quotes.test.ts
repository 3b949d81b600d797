import assert from 'node:assert/strict'
import { test } from 'node:test'
import type * as z from 'zod/mini'
import { Buildkit } from '../../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { type FieldIssue, validate } from '../../../crds/validate.ts'

const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
const buildkit = { apiVersion, kind: 'Buildkit', metadata: { name: 'arm64' }, spec: { template: 'arm64' } }
const template = { apiVersion, kind: 'BuildkitTemplate', metadata: { name: 'arm64' } }
const spec = (fields: object) => ({ ...template, spec: fields })

/** Users forget quotes around what YAML reads as something else than a string. */
const mistakes: readonly (readonly [name: string, schema: z.ZodMiniType, object: unknown, issue: FieldIssue])[] = [
  [
    'a number without quotes',
    BuildkitTemplate,
    spec({ scheduling: { nodeSelector: { 'example.com/pool': 12 } } }),
    {
      path: ['spec', 'scheduling', 'nodeSelector', 'example.com/pool'],
      message: 'must be a string, got the number 12; quote it: "12"',
      currentValue: 12,
      proposedValue: '12',
      fix: { kind: 'quote' },
    },
  ],
  [
    'a yes without quotes',
    BuildkitTemplate,
    spec({ scheduling: { nodeSelector: { spot: true } } }),
    {
      path: ['spec', 'scheduling', 'nodeSelector', 'spot'],
      message: 'must be a string, got the boolean true; quote it',
      currentValue: true,
      fix: { kind: 'quote' },
    },
  ],
  [
    'a broken quantity without quotes',
    Buildkit,
    { ...buildkit, spec: { template: 'a', resources: { limits: { cpu: 0.5 } } } },
    {
      path: ['spec', 'resources', 'limits', 'cpu'],
      message: 'must be a quantity such as "500m" or "8Gi", got 0.5; quote it: "0.5"',
      currentValue: 0.5,
      proposedValue: '0.5',
      fix: { kind: 'quote' },
    },
  ],
]

for (const [name, schema, object, issue] of mistakes) {
  test(`the message about ${name}`, () => {
    assert.deepEqual(validate(schema, object), { issues: [issue] })
  })
}
