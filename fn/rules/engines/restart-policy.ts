import type { Rule } from '../rule.ts'

/** Argo CD has no health for a running Pod that is not started again. */
export const RESTART_POLICY: Rule = {
  id: 'BK601',
  severity: 'warning',
  what: 'Argo CD shows a builder with this `restartPolicy` as Progressing for as long as it runs.',
  why: 'An Application with such a Pod never becomes Healthy, so that sync waves after it never start. Flux and kpt do not mind.',
  source: 'argo-cd v3.2.11, gitops-engine/pkg/health/health_pod.go',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  lifecycle:
    restartPolicy: OnFailure
`,
    right: `kind: BuildkitTemplate
spec:
  lifecycle:
    restartPolicy: Always
`,
  },
  of: 'template',
  find: ({ spec: { lifecycle } }) => {
    const { restartPolicy } = lifecycle
    if (!restartPolicy || restartPolicy === 'Always') return []
    const message = `must be "Always" where Argo CD applies the Pod, got "${restartPolicy}"; Argo CD shows any other Pod as Progressing for as long as it runs`
    return [{ path: 'spec.lifecycle.restartPolicy', message, currentValue: restartPolicy, proposedValue: 'Always' }]
  },
}
