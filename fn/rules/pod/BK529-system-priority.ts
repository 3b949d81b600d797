import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Builders that are more important than everything. */
export const rule: Rule = {
  severity: 'warning',
  what: "A builder outside `kube-system` has one of the cluster's own priority classes.",
  why: 'Where room is short the scheduler evicts everything else for it, and the kubelet evicts it last; many clusters refuse these classes outside `kube-system` by a quota.',
  source:
    'kubernetes v1.37.2, pkg/apis/scheduling/types.go, SystemCriticalPriority; kubernetes.io, Guaranteed Scheduling For Critical Add-On Pods',
  example: {
    wrong: templateOf({ scheduling: { priorityClassName: 'system-cluster-critical' } }),
    right: templateOf({ scheduling: { priorityClassName: 'builds' } }),
  },
  of: 'template',
  find: ({ template, spec }) => {
    const { priorityClassName: name = '' } = spec.scheduling
    if (!name.startsWith('system-') || template.value.metadata.namespace === 'kube-system') return []
    const message = `must be a PriorityClass of your own, got "${name}"; give builders a lower one than what serves users`
    return [{ path: ['spec', 'scheduling', 'priorityClassName'], message, currentValue: name }]
  },
}
