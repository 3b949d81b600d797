import type { Rule } from '../rule.ts'
import { isLabelKey, LABEL_KEY } from './is-label-key.ts'
import { isLabelValue, LABEL_VALUE } from './is-label-value.ts'

/** The syntax of `nodeSelector`. */
export const NODE_SELECTOR: Rule = {
  id: 'BK511',
  severity: 'error',
  cannotWork: true,
  what: '`nodeSelector` has a key or a value that no label can have.',
  why: 'The API server refuses the Pod.',
  source:
    'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidatePodSpec (ValidateLabels of nodeSelector)',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  scheduling:
    nodeSelector:
      node.example.com/disk: nvme or ssd
`,
    right: `kind: BuildkitTemplate
spec:
  scheduling:
    nodeSelector:
      node.example.com/disk: nvme
`,
  },
  of: 'template',
  find: ({ spec }) =>
    Object.entries(spec.scheduling.nodeSelector ?? {}).flatMap(([key, value]) => {
      const found = { path: `spec.scheduling.nodeSelector[${key}]`, currentValue: value }
      return [
        ...(isLabelKey(key) ? [] : [{ ...found, message: `must have a key of ${LABEL_KEY}, got "${key}"` }]),
        ...(isLabelValue(value) ? [] : [{ ...found, message: `must be ${LABEL_VALUE}, got "${value}"` }]),
      ]
    }),
}
