import type { Rule } from '../rule.ts'
import { valueIssues } from './requirement-issues.ts'

/** Preferences for nodes that there cannot be. */
export const IMPOSSIBLE_PREFERENCE: Rule = {
  id: 'BK522',
  severity: 'warning',
  what: 'A preferred node affinity compares with a value that no label can have.',
  why: 'The API server takes it, with a warning, and no node ever has the value.',
  source: 'kubernetes v1.37.2, pkg/api/node/util.go, GetWarningsForNodeSelectorTerm',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  scheduling:
    affinity:
      nodeAffinity:
        preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 50
          preference:
            matchExpressions:
            - key: node.example.com/disk
              operator: In
              values: [nvme or ssd]
`,
    right: `kind: BuildkitTemplate
spec:
  scheduling:
    affinity:
      nodeAffinity:
        preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 50
          preference:
            matchExpressions:
            - key: node.example.com/disk
              operator: In
              values: [nvme, ssd]
`,
  },
  of: 'template',
  find: ({ spec }) => {
    const terms = spec.scheduling.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    const path = 'spec.scheduling.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution'
    return terms.flatMap(({ preference: { matchExpressions = [] } }, at) =>
      matchExpressions.flatMap(({ values = [] }, index) => {
        return valueIssues(values, `${path}[${at}].preference.matchExpressions[${index}]`)
      }),
    )
  },
}
