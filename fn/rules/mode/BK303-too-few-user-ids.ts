import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import type { Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: ['rootless in a user namespace'] },
    shows: 'newuidmap: write to uid_map failed: Operation not permitted',
  },
]

/** A namespace in a namespace. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`rootless: true` with `hostUsers: false` needs more user IDs than a Pod has by default.',
    why: "The user namespace of a Pod has 65536 IDs. BuildKit's rootless image maps the IDs 100000 to 165535, which do not exist there, and exits. The kubelet provides more IDs with `userNamespaces.idsPerPod: 196608`.",
    source:
      'buildkit v0.34.2, Dockerfile, stage rootless; kubernetes v1.37.2, pkg/kubelet/userns/userns_manager.go, MakeUserNsManager',
    example: {
      wrong: templateOf({ rootless: true, hostUsers: false }),
      right: templateOf({ hostUsers: false }),
    },
  }),
  of: 'template',
  rows,
  find: foundInRows(rows, ({ row }) => {
    const message = `must be true with \`rootless: true\` unless the kubelets set \`userNamespaces.idsPerPod\` to at least 196608, got false; with the default of 65536, it fails with ${row.shows}; leave \`rootless\` out, because a user namespace isolates root as well`
    return [{ path: ['spec', 'hostUsers'], message, currentValue: false }]
  }),
}
