import { choiceIssues } from '../../upstream/kubernetes/choice-issues.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

const PULL = ['Always', 'IfNotPresent', 'Never']
const RESTART = ['Always', 'OnFailure', 'Never']

/** Policies that there are not. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: '`imagePullPolicy` or `restartPolicy` has a value that Kubernetes does not know.',
    why: 'The API server rejects the Pod. Both values are case-sensitive.',
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validatePullPolicy and validateRestartPolicy',
    example: {
      wrong: templateOf({ imagePullPolicy: 'ifNotPresent' }),
      right: templateOf({ imagePullPolicy: 'IfNotPresent' }),
    },
  }),
  of: 'template',
  // Nothing stands for the default.
  find: ({ spec }) => [
    ...choiceIssues(PULL, spec.imagePullPolicy || undefined, ['spec', 'imagePullPolicy']),
    ...choiceIssues(RESTART, spec.lifecycle.restartPolicy || undefined, ['spec', 'lifecycle', 'restartPolicy']),
  ],
}
