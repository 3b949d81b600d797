import type { Rule } from '../rule.ts'

/** `--max-graceful-termination-sec` of Cluster Autoscaler. */
const AUTOSCALER_GRACE = 600
/** What a template has that says nothing: also cut, but nobody has asked for it. */
const DEFAULT_GRACE = 900

export const GRACE_PERIOD: Rule = {
  id: 'BK602',
  severity: 'info',
  what: 'Cluster Autoscaler gives builders less time to end than their grace period.',
  why: 'When it removes a node it waits 600 seconds for Pods, whatever they ask for, unless its `--max-graceful-termination-sec` says otherwise; builds that go on are cut off. Whoever asks for more than the default of 900 has long builds and wants to know. A builder that stops for another reason has its whole grace period.',
  source:
    'kubernetes/autoscaler, cluster-autoscaler/config/flags/flags.go (10*60) and kubernetes/kubernetes issue 94435',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  lifecycle:
    terminationGracePeriodSeconds: 3600
`,
    right: `kind: BuildkitTemplate
spec:
  lifecycle:
    terminationGracePeriodSeconds: 600
`,
  },
  of: 'template',
  find: ({ spec: { lifecycle } }) => {
    const { terminationGracePeriodSeconds: seconds } = lifecycle
    if (seconds <= DEFAULT_GRACE) return []
    const message = `must be at most ${AUTOSCALER_GRACE} where Cluster Autoscaler removes nodes, got ${seconds}, unless its \`--max-graceful-termination-sec\` is as much; builds are cut off after that`
    return [{ path: 'spec.lifecycle.terminationGracePeriodSeconds', message, currentValue: seconds }]
  },
}
