import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** To Argo CD a Pod that is not started again is a job. */
export const rule: Rule = {
  severity: 'warning',
  what: 'A sync of Argo CD that has several waves never ends where a builder has this `restartPolicy`.',
  why: 'Argo CD takes such a Pod for a job, which is Progressing for as long as it runs. Where there are waves or hooks a sync waits until what it has applied is healthy, so that the next wave never starts. The health of the Application is that of the Buildkits, because of `ignore-healthcheck` on the Pods; Flux and kpt do not mind.',
  source:
    'gitops-engine v0.7.1 (2025-12), pkg/health/health_pod.go and pkg/sync/sync_context.go, Sync; argo-cd v3.2.11, controller/health.go',
  example: {
    wrong: templateOf({ lifecycle: { restartPolicy: 'OnFailure' } }),
    right: templateOf({ lifecycle: { restartPolicy: 'Always' } }),
  },
  of: 'template',
  find: ({ spec: { lifecycle } }) => {
    const { restartPolicy } = lifecycle
    if (!restartPolicy || restartPolicy === 'Always') return []
    const message = `must be "Always" where Argo CD applies the Pod, got "${restartPolicy}"; a sync with several waves waits for any other Pod for as long as it runs`
    return [
      { path: ['spec', 'lifecycle', 'restartPolicy'], message, currentValue: restartPolicy, proposedValue: 'Always' },
    ]
  },
}
