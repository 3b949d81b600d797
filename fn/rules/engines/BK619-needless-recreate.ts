import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A gap that nothing asks for. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: '`handover: Recreate` makes a builder unavailable at each roll, although two of its Pods can run at once.',
    why: 'With `Recreate`, the old Pod drains before the new one starts, and until then the endpoint is empty. A cache that goes with its Pod needs no such gap. It makes sense where the cluster has no room for two Pods of a builder.',
    source: 'docs/decisions/0024-recreate-handover.md',
    example: {
      wrong: templateOf({ lifecycle: { handover: 'Recreate' } }),
      right: templateOf({ lifecycle: { handover: 'Overlap' } }),
    },
  }),
  of: 'template',
  find: ({ spec: { cache, lifecycle } }) => {
    if (lifecycle.handover !== 'Recreate' || cache?.claim || cache?.hostPath) return []
    const message =
      'must be "Overlap" for builders without a gap, because their cache goes with the Pod, got "Recreate"; keep it only where there is no room for two Pods'
    return [{ path: ['spec', 'lifecycle', 'handover'], message, currentValue: 'Recreate' }]
  },
}
