import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { PRIVILEGED, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: PRIVILEGED, command: ['buildkitd'], version: ['unknown', 'since v0.28'] },
    shows: 'on cgroup v2, build steps run outside of the limits for CPU and memory',
  },
]

/** Limits that do not hold. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: "A privileged template's `command` bypasses the entry point that keeps build steps within the Pod's limits.",
    why: "A privileged container sees the cgroups of the node. Since v0.28, the image's entry point, buildkitd-entrypoint, first creates a cgroup namespace. Without it, runc puts build steps beside the Pod on cgroup v2, where the limits of the Pod do not apply and the kubelet does not count their usage.",
    source: 'buildkit v0.34.2, hack/buildkitd-entrypoint; moby/buildkit#6368',
    example: {
      wrong: templateOf({ command: ['buildkitd'] }),
      right: templateOf({ command: ['buildkitd-entrypoint'] }),
    },
  }),
  of: 'template',
  needs: 'command',
  rows,
  find: foundInRows(rows, ({ template: { spec }, row }) => {
    const message = `must use "buildkitd-entrypoint" in a privileged template, got ${JSON.stringify(spec.command)}; ${row.shows}; remove it`
    return [{ path: ['spec', 'command'], message, currentValue: spec.command }]
  }),
}
