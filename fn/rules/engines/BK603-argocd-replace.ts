import { SYNC_OPTIONS } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { optionsIn, ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** A Pod is almost immutable, and `kubectl replace` sends it without what the cluster has added. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'With `Replace=true`, Argo CD fails at the second sync, or, with `Force=true` as well, interrupts running builds at each sync.',
    why: 'A replacement removes the node and the service account from the Pod, which the API server rejects: all later syncs fail. With `Force=true`, Argo CD deletes the Pod and creates it again at every sync, changed or not. A rendered Pod never changes in place, because its name is a hash of its manifest.',
    source:
      'gitops-engine v0.7.1 (2025-12), pkg/sync/sync_context.go, applyObject; kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidatePodUpdate; argo-cd issue 5882',
    example: {
      wrong: templateOf({ podAnnotations: { [SYNC_OPTIONS]: 'Replace=true' } }),
      right: templateOf({ podAnnotations: { [SYNC_OPTIONS]: 'ServerSideApply=true' } }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, SYNC_OPTIONS)
    const options = optionsIn(own?.value ?? '')
    if (!own || !options.includes('Replace=true')) return []
    const consequence = options.includes('Force=true')
      ? 'deletes the Pod and creates it again at every sync, during builds'
      : 'fails at every sync after the first, because the API server rejects the replacement of a Pod'
    return [annotationBreach(own, `must not have "Replace=true", with which Argo CD ${consequence}; remove it`)]
  },
}
