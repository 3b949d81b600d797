import type { Finding } from '../finding.ts'
import type { Rule } from '../rule.ts'

const PULL = ['Always', 'IfNotPresent', 'Never']
const RESTART = ['Always', 'OnFailure', 'Never']

/** Policies that there are not. */
export const POLICIES: Rule = {
  id: 'BK527',
  severity: 'error',
  cannotWork: true,
  what: '`imagePullPolicy` or `restartPolicy` is none that Kubernetes has.',
  why: 'The API server refuses the Pod. Both are sensitive to case.',
  source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validatePullPolicy and validateRestartPolicy',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  imagePullPolicy: ifNotPresent
`,
    right: `kind: BuildkitTemplate
spec:
  imagePullPolicy: IfNotPresent
`,
  },
  of: 'template',
  find: ({ spec }) => [
    ...oneOf(PULL, spec.imagePullPolicy, 'spec.imagePullPolicy'),
    ...oneOf(RESTART, spec.lifecycle.restartPolicy, 'spec.lifecycle.restartPolicy'),
  ],
}

/** Nothing stands for the default. */
function oneOf(policies: readonly string[], currentValue: string | undefined, path: string): readonly Finding[] {
  if (!currentValue || policies.includes(currentValue)) return []
  const proposedValue = policies.find((one) => one.toLowerCase() === currentValue.toLowerCase())
  const hint = proposedValue ? `; did you mean "${proposedValue}"?` : ''
  const message = `must be one of ${policies.map((one) => `"${one}"`).join(', ')}, got "${currentValue}"${hint}`
  return [{ path, message, currentValue, ...(proposedValue && { proposedValue }) }]
}
