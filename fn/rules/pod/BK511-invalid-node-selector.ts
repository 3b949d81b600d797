import { labelIssues } from '../../upstream/kubernetes/labels.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** The syntax of `nodeSelector`. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: '`nodeSelector` has a key or a value that is not a valid label.',
    why: 'The API server rejects the Pod.',
    source:
      'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidatePodSpec (ValidateLabels of nodeSelector)',
    example: {
      wrong: templateOf({ scheduling: { nodeSelector: { 'node.example.com/disk': 'nvme or ssd' } } }),
      right: templateOf({ scheduling: { nodeSelector: { 'node.example.com/disk': 'nvme' } } }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: ({ spec }) => labelIssues(spec.scheduling.nodeSelector ?? {}, ['spec', 'scheduling', 'nodeSelector']),
}
