import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { group, optional, required, withDefault } from '../../crds/field.ts'
import { reference } from '../../crds/generate/reference.ts'
import { Int32, ResourceList, StringMap, wholeNumber } from '../../crds/kubernetes/scalars.ts'

const Step = z
  .strictObject({ name: required('What it is called.', z.string()), weight: optional('How heavy it is.', Int32) })
  .register(z.globalRegistry, { title: 'Step' })
const Plan = z
  .strictObject({
    kind: required('What it is.', z.literal('Plan')),
    port: withDefault('Where it listens.', wholeNumber(1, 9), 5),
    labels: optional('What it is called.', StringMap),
    maximum: optional('What it may use.', ResourceList),
    steps: optional('What to do.', z.array(Step)),
    timing: group('When.', z.strictObject({ late: withDefault('Whether it may be late.', z.boolean(), false) })),
  })
  .register(z.globalRegistry, { description: 'Something to do.' })

test('the reference has a table for each kind, each group of fields and each type that fields share', () => {
  const page = reference([{ kind: 'Plan', schema: Plan, shortNames: [], columns: [], selectableFields: [] }])
  assert.equal(
    page.slice(page.indexOf('## Plan')),
    `## Plan

Something to do.

| field | type | default | |
| --- | --- | --- | --- |
| \`kind\` | \`"Plan"\` | **required** | What it is. |
| \`port\` | integer, 1–9 | \`5\` | Where it listens. |
| \`labels\` | map of strings |  | What it is called. |
| \`maximum\` | map of quantities |  | What it may use. |
| \`steps\` | list of [Step](#step) |  | What to do. |
| \`timing\` | fields below |  | When. |

### Plan.timing

| field | type | default | |
| --- | --- | --- | --- |
| \`late\` | boolean | \`false\` | Whether it may be late. |

## Types

Types that several fields use. A type that a Pod also has means the same there.

### Step

| field | type | default | |
| --- | --- | --- | --- |
| \`name\` | string | **required** | What it is called. |
| \`weight\` | integer |  | How heavy it is. |
`,
  )
})
