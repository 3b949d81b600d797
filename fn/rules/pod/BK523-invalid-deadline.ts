import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

const MOST = 2 ** 31 - 1

/** A deadline out of range. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: '`activeDeadlineSeconds` is out of the range that a Pod can have.',
    why: 'The API server rejects the Pod. For a builder without a deadline, leave the field out; 0 does not mean never.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidatePodSpec',
    example: {
      wrong: templateOf({ lifecycle: { activeDeadlineSeconds: 0 } }),
      right: templateOf({ lifecycle: { activeDeadlineSeconds: 604800 } }),
    },
  }),
  of: 'template',
  find: ({ spec }) => {
    const { activeDeadlineSeconds: seconds } = spec.lifecycle
    if (seconds === undefined || (seconds >= 1 && seconds <= MOST)) return []
    const message = `must be from 1 to ${MOST}, got ${seconds}; leave it out for a builder without a deadline`
    return [{ path: ['spec', 'lifecycle', 'activeDeadlineSeconds'], message, currentValue: seconds }]
  },
}
