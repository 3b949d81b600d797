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

/** Each object has one mistake; the issue says what, with the value that stood there and the one that ought to. */
const mistakes: readonly (readonly [name: string, schema: z.ZodMiniType, object: unknown, issue: FieldIssue])[] = [
  [
    'a slip in a field of the object itself',
    Buildkit,
    { ...buildkit, staus: {} },
    {
      path: ['staus'],
      message: 'is not a field of this object; did you mean `status`?',
      currentValue: {},
      fix: { kind: 'rename', to: 'status' },
    },
  ],
  [
    'a slip beside the field that is meant',
    Buildkit,
    { ...buildkit, metdata: {} },
    {
      path: ['metdata'],
      message: 'is not a field of this object; did you mean `metadata`?',
      currentValue: {},
    },
  ],
  [
    'a slip in an item of a list',
    BuildkitTemplate,
    spec({ scheduling: { tolerations: [{ kye: 'dedicated' }] } }),
    {
      path: ['spec', 'scheduling', 'tolerations', 0, 'kye'],
      message: 'is not a field of `tolerations[0]`; did you mean `key`?',
      currentValue: 'dedicated',
      fix: { kind: 'rename', to: 'key' },
    },
  ],
  [
    'a field in the wrong place',
    BuildkitTemplate,
    spec({ tolerations: [] }),
    {
      path: ['spec', 'tolerations'],
      message: 'is not a field of `spec`; did you mean `spec.scheduling.tolerations`?',
      currentValue: [],
    },
  ],
  [
    'an unknown field of an object with few fields',
    Buildkit,
    { ...buildkit, spec: { template: 'a', color: 'blue' } },
    {
      path: ['spec', 'color'],
      message:
        'is not a field of `spec`, which has `template`, `resources`, `labels`, `annotations`, `podSpecPatch`, `replicas`, `podName` and `podNames`',
      currentValue: 'blue',
    },
  ],
  [
    'an unknown field of an object with many fields',
    BuildkitTemplate,
    spec({ color: 'blue' }),
    { path: ['spec', 'color'], message: 'is not a field of `spec`', currentValue: 'blue' },
  ],
  [
    'an unknown field that is null',
    Buildkit,
    { ...buildkit, spec: { template: 'a', lables: null } },
    {
      path: ['spec', 'lables'],
      message: 'is not a field of `spec`; did you mean `labels`?',
      currentValue: null,
      fix: { kind: 'rename', to: 'labels' },
    },
  ],
]

for (const [name, schema, object, issue] of mistakes) {
  test(`the message about ${name}`, () => {
    assert.deepEqual(validate(schema, object), { issues: [issue] })
  })
}
