import { foundInRows } from '../breaches/in-matrix.ts'
import { templateOf } from '../example.ts'
import { PRIVILEGED, type Row } from '../facts/situation.ts'
import type { Rule } from '../rule.ts'

const rows: readonly Row[] = [
  {
    when: { mode: PRIVILEGED, version: ['before v0.13', 'before v0.28'] },
    shows: 'on cgroup v2, build steps run outside of the limits for CPU and memory',
  },
]

/** Limits that did not hold. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A privileged template has an image older than v0.28.',
    why: 'On cgroup v2, the build steps of such a builder run beside the Pod: its limits for CPU and memory do not apply, the kubelet does not count their usage, and other Pods on the node get less.',
    source: 'buildkit v0.28.0, hack/buildkitd-entrypoint; moby/buildkit#6368',
    example: {
      wrong: templateOf({ image: 'moby/buildkit:v0.27.1' }),
      right: templateOf({ image: 'moby/buildkit:v0.28.0' }),
    },
  }),
  of: 'template',
  rows,
  find: foundInRows(rows, ({ template: { image }, row }) => {
    const message = `must be v0.28.0 or later in a privileged template, got "${image.tag}"; ${row.shows}`
    return [{ path: ['spec', 'image'], message, currentValue: image.name }]
  }),
}
