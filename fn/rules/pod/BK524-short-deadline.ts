import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A deadline within the grace period. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`activeDeadlineSeconds` is shorter than `terminationGracePeriodSeconds`, in which `preStopScript` drains builds.',
    why: 'At its deadline, a Pod stops like any other, with its grace period. A builder that takes longer to stop than it ran accepts no builds for most of its time.',
    source:
      'kubernetes v1.37.2, pkg/kubelet/active_deadline.go; the kubelet counts from the start of the Pod and then ends it gracefully',
    example: {
      wrong: templateOf({ lifecycle: { activeDeadlineSeconds: 600 } }),
      right: templateOf({ lifecycle: { activeDeadlineSeconds: 600, terminationGracePeriodSeconds: 120 } }),
    },
  }),
  of: 'template',
  find: ({ spec }) => {
    const { activeDeadlineSeconds: deadline = 0, terminationGracePeriodSeconds: grace, preStopScript } = spec.lifecycle
    if (!preStopScript || deadline < 1 || deadline >= grace) return []
    const message = `must be at least the grace period of ${grace} seconds, got ${deadline}; raise it, or lower \`terminationGracePeriodSeconds\``
    return [{ path: ['spec', 'lifecycle', 'activeDeadlineSeconds'], message, currentValue: deadline }]
  },
}
