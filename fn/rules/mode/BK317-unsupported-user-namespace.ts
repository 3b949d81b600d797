import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { type Row, USER_NAMESPACE } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: [...USER_NAMESPACE, 'rootless in a user namespace'], kubernetes: ['before 1.30', 'before 1.33'] },
    shows: "nothing: the Pod runs in the node's user namespace",
  },
]

/** A field that is dropped. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Kubernetes before 1.33 does not create user namespaces by default.',
    why: 'Without the feature gate UserNamespacesSupport, which is off before 1.33, the API server drops `hostUsers`. Nothing fails: the Pod runs, and its root is root on the node.',
    source:
      'kubernetes v1.37.2, pkg/features/kube_features.go (UserNamespacesSupport) and pkg/api/pod/util.go, dropDisabledFields',
    example: {
      wrong: templateOf({ hostUsers: false }),
      right: templateOf({ hostUsers: true }),
      kubernetes: { major: 1, minor: 32 },
    },
  }),
  of: 'template',
  rows,
  find: foundInRows(rows, ({ template: { kubernetes }, row }) => {
    const message = `must be true before Kubernetes 1.33 unless the feature gate UserNamespacesSupport is on, got false for ${kubernetes?.major}.${kubernetes?.minor}; the node shows ${row.shows}`
    return [{ path: ['spec', 'hostUsers'], message, currentValue: false }]
  }),
}
