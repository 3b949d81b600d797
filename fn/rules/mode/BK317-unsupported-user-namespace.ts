import { foundInMatrix } from '../breaches/in-matrix.ts'
import type { Rule } from '../rule.ts'

/** A field that is dropped. */
export const HOST_USERS_FIELD: Rule = {
  id: 'BK317',
  severity: 'warning',
  what: 'Kubernetes before 1.33 does not make user namespaces by default.',
  why: 'Without the feature gate UserNamespacesSupport, off before 1.33, the API server drops `hostUsers`. Nothing fails: the Pod runs, and its root is root on the node.',
  source:
    'kubernetes v1.37.2, pkg/features/kube_features.go (UserNamespacesSupport) and pkg/api/pod/util.go, dropDisabledFields',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  hostUsers: false
`,
    right: `kind: BuildkitTemplate
spec:
  hostUsers: true
`,
    kubernetes: { major: 1, minor: 32 },
  },
  of: 'template',
  find: foundInMatrix('BK317', ({ template: { kubernetes }, row }) => {
    const message = `must be true before Kubernetes 1.33 unless the feature gate UserNamespacesSupport is on, got false for ${kubernetes?.major}.${kubernetes?.minor}; what happens is ${row.shows}`
    return [{ path: ['spec', 'hostUsers'], message, currentValue: false }]
  }),
}
