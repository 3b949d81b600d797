import type { Rule } from '../rule.ts'

/** A grace period below zero. */
export const NEGATIVE_GRACE: Rule = {
  id: 'BK525',
  severity: 'error',
  cannotWork: true,
  what: '`terminationGracePeriodSeconds` is negative.',
  why: 'The API server refuses the Pod.',
  source:
    'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validatePodMetadataAndSpec (ValidateNonnegativeField)',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  lifecycle:
    terminationGracePeriodSeconds: -1
`,
    right: `kind: BuildkitTemplate
spec:
  lifecycle:
    terminationGracePeriodSeconds: 900
`,
  },
  of: 'template',
  find: ({ spec }) => {
    const { terminationGracePeriodSeconds: seconds } = spec.lifecycle
    const path = 'spec.lifecycle.terminationGracePeriodSeconds'
    return seconds < 0 ? [{ path, message: `must be 0 or more, got ${seconds}`, currentValue: seconds }] : []
  },
}
