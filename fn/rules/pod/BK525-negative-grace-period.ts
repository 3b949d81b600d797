import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A grace period below zero. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`terminationGracePeriodSeconds` is negative.',
    why: 'The API server changes it to 1 second, in which no build finishes. Rendering writes 1.',
    source: 'kubernetes v1.37.2, pkg/apis/core/v1/defaults.go, SetDefaults_Pod',
    example: {
      wrong: templateOf({ lifecycle: { terminationGracePeriodSeconds: -1 } }),
      right: templateOf({ lifecycle: { terminationGracePeriodSeconds: 900 } }),
    },
  }),
  of: 'template',
  find: ({ spec }) => {
    const { terminationGracePeriodSeconds: seconds } = spec.lifecycle
    const path = ['spec', 'lifecycle', 'terminationGracePeriodSeconds']
    return seconds < 0
      ? [
          {
            path,
            message: `must be at least 0, got ${seconds}, which the API server changes to 1`,
            currentValue: seconds,
          },
        ]
      : []
  },
}
