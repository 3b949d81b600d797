import { foundInMatrix } from '../breaches/in-matrix.ts'
import type { Rule } from '../rule.ts'

/** Limits that did not hold. */
export const IMAGE_WITHOUT_LIMITS: Rule = {
  id: 'BK306',
  severity: 'warning',
  what: 'A privileged template has an image older than v0.28.',
  why: "On cgroup v2 such a builder's steps run beside the Pod: its limits for CPU and memory do not hold, the kubelet does not count what they use, and others on the node suffer.",
  source: 'buildkit v0.28.0, hack/buildkitd-entrypoint; moby/buildkit#6368',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  image: moby/buildkit:v0.27.1
`,
    right: `kind: BuildkitTemplate
spec:
  image: moby/buildkit:v0.28.0
`,
  },
  of: 'template',
  find: foundInMatrix('BK306', ({ template: { image }, row }) => {
    const message = `must be v0.28.0 or later in a privileged template, got "${image.tag}": ${row.shows}`
    return [{ path: ['spec', 'image'], message, currentValue: image.name }]
  }),
}
