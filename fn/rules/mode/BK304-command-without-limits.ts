import { foundInMatrix } from '../breaches/in-matrix.ts'
import type { Rule } from '../rule.ts'

/** Limits that do not hold. */
export const COMMAND_WITHOUT_LIMITS: Rule = {
  id: 'BK304',
  severity: 'warning',
  what: "A privileged template's `command` replaces the entry point that keeps build steps within the Pod's limits.",
  why: "A privileged container sees the cgroups of the node. Since v0.28 the image's entry point, buildkitd-entrypoint, first makes a cgroup namespace; without it runc puts build steps beside the Pod on cgroup v2, where its limits do not hold and the kubelet does not count them.",
  source: 'buildkit v0.34.2, hack/buildkitd-entrypoint; moby/buildkit#6368',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  command: [buildkitd]
`,
    right: `kind: BuildkitTemplate
spec:
  command: [buildkitd-entrypoint]
`,
  },
  of: 'template',
  needs: 'command',
  find: foundInMatrix('BK304', ({ template: { spec }, row }) => {
    const message = `must go through "buildkitd-entrypoint" in a privileged template, got ${JSON.stringify(spec.command)}: ${row.shows}; remove it`
    return [{ path: ['spec', 'command'], message, currentValue: spec.command }]
  }),
}
