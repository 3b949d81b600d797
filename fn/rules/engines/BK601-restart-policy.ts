import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** To Argo CD a Pod that is not started again is a job. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'With this `restartPolicy`, an Argo CD sync with several waves never finishes.',
    why: 'Argo CD treats such a Pod as a job, which is Progressing while it runs. With waves or hooks, a sync waits until the objects that it has applied are healthy, so the next wave never starts. The health of the Application is the health of the Buildkits, because the Pods have `ignore-healthcheck`. Flux and kpt are not affected.',
    source:
      'gitops-engine v0.7.1 (2025-12), pkg/health/health_pod.go and pkg/sync/sync_context.go, Sync; argo-cd v3.2.11, controller/health.go',
    example: {
      wrong: templateOf({ lifecycle: { restartPolicy: 'OnFailure' } }),
      right: templateOf({ lifecycle: { restartPolicy: 'Always' } }),
    },
  }),
  of: 'template',
  find: ({ spec: { lifecycle } }) => {
    const { restartPolicy } = lifecycle
    if (!restartPolicy || restartPolicy === 'Always') return []
    const message = `must be "Always" if Argo CD applies the Pod, got "${restartPolicy}"; a sync with several waves waits until any other Pod ends`
    return [
      { path: ['spec', 'lifecycle', 'restartPolicy'], message, currentValue: restartPolicy, proposedValue: 'Always' },
    ]
  },
}
