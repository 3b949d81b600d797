import { numberIssues, valueIssues } from '../../upstream/kubernetes/requirements.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Preferences on which the scheduler gives up. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'A preferred node affinity compares with a value that the scheduler cannot read.',
    why: 'The API server accepts the value, at most with a warning. When the scheduler can choose between two nodes, it reports "running PreScore plugin NodeAffinity: … Invalid value" and leaves the Pod Pending. If only one node matches, nothing happens.',
    source:
      'component-helpers v0.37.2, scheduling/corev1/nodeaffinity/nodeaffinity.go, NewPreferredSchedulingTerms; kubernetes v1.37.2, pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go, PreScore',
    example: {
      wrong: templateOf({
        scheduling: {
          affinity: {
            nodeAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 50,
                  preference: {
                    matchExpressions: [{ key: 'node.example.com/disk', operator: 'In', values: ['nvme or ssd'] }],
                  },
                },
              ],
            },
          },
        },
      }),
      right: templateOf({
        scheduling: {
          affinity: {
            nodeAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 50,
                  preference: {
                    matchExpressions: [{ key: 'node.example.com/disk', operator: 'In', values: ['nvme', 'ssd'] }],
                  },
                },
              ],
            },
          },
        },
      }),
    },
  }),
  of: 'template',
  needs: 'affinity',
  find: ({ spec }) => {
    const terms = spec.scheduling.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    const path = ['spec', 'scheduling', 'affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution']
    return terms.flatMap(({ preference: { matchExpressions = [] } }, at) =>
      matchExpressions.flatMap((one, index) => {
        const place = [...path, at, 'preference', 'matchExpressions', index]
        return [...valueIssues(one.values ?? [], place), ...numberIssues(one, place)]
      }),
    )
  },
}
