import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Builders that are more important than everything. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A builder outside `kube-system` uses a system priority class.',
    why: 'When nodes are full, the scheduler evicts all other Pods for the builder, and the kubelet evicts it last. Many clusters reject these classes outside `kube-system` with a quota.',
    source:
      'kubernetes v1.37.2, pkg/apis/scheduling/types.go, SystemCriticalPriority; kubernetes.io, Guaranteed Scheduling For Critical Add-On Pods',
    example: {
      wrong: templateOf({ scheduling: { priorityClassName: 'system-cluster-critical' } }),
      right: templateOf({ scheduling: { priorityClassName: 'builds' } }),
    },
  }),
  of: 'template',
  find: ({ template, spec }) => {
    const { priorityClassName: name = '' } = spec.scheduling
    if (!name.startsWith('system-') || template.value.metadata.namespace === 'kube-system') return []
    const message = `must be a PriorityClass of your own, got "${name}"; give builders a lower priority than Pods that serve users`
    return [{ path: ['spec', 'scheduling', 'priorityClassName'], message, currentValue: name }]
  },
}
