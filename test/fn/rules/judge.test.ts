import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf, rulesBrokenBy } from './rules-broken.ts'

const template = (ignored = '') => `kind: BuildkitTemplate
metadata:
  annotations:
    some/annotation: "true"
${ignored && `    buildkit.seatgeek.io/ignore-rules: ${ignored}\n`}spec:
  lifecycle:
    restartPolicy: Never
`

test('a rule that an object ignores is not told of it', () => {
  assert.deepEqual(rulesBrokenBy(template('BK601')), [])
})

test('an ignore that is not needed is a warning', () => {
  const apiVersion = 'buildkit.seatgeek.io/v1alpha1'
  assert.deepEqual(resultsOf(template('BK502, BK601')), [
    {
      message: 'must name rules that this object breaks, got "BK502"; remove it',
      severity: 'warning',
      resourceRef: { apiVersion, kind: 'BuildkitTemplate', name: 'example' },
      field: { path: 'metadata.annotations[buildkit.seatgeek.io/ignore-rules]', currentValue: 'BK502' },
      tags: { rule: 'BK001' },
    },
  ])
})

test('builders that are alike break a rule once, and the message counts them', () => {
  const buildkits = Array.from(
    { length: 5000 },
    (_, at) => `kind: Buildkit
metadata:
  name: b${at}
spec:
  resources:
    limits:
      cpu: "8"
`,
  )
  const limited = 'kind: BuildkitTemplate\nspec:\n  resources:\n    maximum:\n      cpu: "4"\n'
  const results = resultsOf([limited, ...buildkits].join('---\n'))
  assert.deepEqual(
    results.map(({ resourceRef, message }) => [resourceRef?.name, message]),
    [
      [
        'b0',
        'must be at most the 4 that template "example" allows; "8" was lowered to "4" (also 4999 more Buildkits: b1, b2, b3, …)',
      ],
    ],
  )
})

test('each of builders that are alike may ignore a rule', () => {
  const buildkits = ['a', 'b'].map(
    (name) => `kind: Buildkit
metadata:
  name: ${name}
  annotations:
    buildkit.seatgeek.io/ignore-rules: BK502
spec:
  resources:
    limits:
      cpu: "8"
`,
  )
  const limited = 'kind: BuildkitTemplate\nspec:\n  resources:\n    maximum:\n      cpu: "4"\n'
  assert.deepEqual(resultsOf([limited, ...buildkits].join('---\n')), [])
})
