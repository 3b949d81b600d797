import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A handover that never comes to its end. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'The new Pod must serve before the old Pod ends, but both use the same volume.',
    why: 'buildkitd locks its state. With `Overlap`, the controller deletes the old Pod only after the new one serves, and the new one cannot start before the old one has released the claim or the folder. No change of the template ever takes effect.',
    source: 'buildkit v0.34.2, cmd/buildkitd/main.go, buildkitd.lock; docs/decisions/0024-recreate-handover.md',
    example: {
      wrong: templateOf({ cache: { claim: { size: '100Gi' } }, lifecycle: { handover: 'Overlap' } }),
      right: templateOf({ cache: { claim: { size: '100Gi' } }, lifecycle: { handover: 'Recreate' } }),
    },
  }),
  of: 'template',
  needs: 'cache',
  find: ({ spec: { cache, lifecycle } }) => {
    if (lifecycle.handover !== 'Overlap' || !(cache?.claim || cache?.hostPath)) return []
    const kind = cache.claim ? 'cache.claim' : 'cache.hostPath'
    const message = `must be "Recreate" with \`${kind}\`, which two Pods of a builder cannot use at once, got "Overlap"`
    return [{ path: ['spec', 'lifecycle', 'handover'], message, currentValue: 'Overlap', proposedValue: 'Recreate' }]
  },
}
