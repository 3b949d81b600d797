import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chartValues } from '../../charts/generate/chart-values.ts'
import { valuesSchema } from '../../charts/generate/values-schema.ts'
import { valuesTable } from '../../charts/generate/values-table.ts'

const VALUES = `# About the file.

# How many
# there are.
# @schema {minimum: 1}
count: 2
group:
  # How long it takes.
  # @schema {duration: true}
  wait: 30s
  # What it is called.
  labels: {}
`

test('the comment above a value is its row, and its default determines its type', () => {
  const values = chartValues(VALUES)
  assert.equal(
    valuesTable(values),
    `
| value | default | |
| --- | --- | --- |
| \`count\` | \`2\` | How many there are. |
| \`group.wait\` | \`"30s"\` | How long it takes. |
| \`group.labels\` | \`{}\` | What it is called. |

`,
  )
  assert.deepEqual(valuesSchema(values), {
    type: 'object',
    additionalProperties: false,
    properties: {
      count: { description: 'How many there are.', type: 'integer', minimum: 1, default: 2 },
      group: {
        type: 'object',
        additionalProperties: false,
        properties: {
          wait: {
            description: 'How long it takes.',
            type: 'string',
            pattern: '^([0-9]+([.][0-9]+)?(ms|s|m|h))+$',
            'x-must-be': 'a duration such as 30s, 1m30s or 1h',
            default: '30s',
          },
          labels: { description: 'What it is called.', type: 'object', default: {} },
        },
      },
    },
  })
})

test('a value without a comment is refused', () => {
  assert.throws(() => chartValues('a: 1\n'), { message: 'values.yaml must have a comment above a' })
})
