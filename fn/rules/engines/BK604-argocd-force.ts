import { SYNC_OPTIONS } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { optionsIn, ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** Comes into play when a patch is refused. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'With `Force=true`, Argo CD can delete a Pod during builds.',
    why: 'If the API server rejects a patch, because an admission webhook or a person has changed the Pod, Argo CD deletes the Pod and creates it again, and its clients lose their connections. Without the option, the sync fails and the Pod keeps running.',
    source:
      'gitops-engine v0.7.1 (2025-12), pkg/sync/sync_context.go, applyObject; kubectl v0.37.2, pkg/cmd/apply/patcher.go, deleteAndCreate',
    example: {
      wrong: templateOf({ podAnnotations: { [SYNC_OPTIONS]: 'Force=true' } }),
      right: templateOf({ podAnnotations: { [SYNC_OPTIONS]: 'ServerSideApply=true' } }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, SYNC_OPTIONS)
    const options = optionsIn(own?.value ?? '')
    if (!own || !options.includes('Force=true') || options.includes('Replace=true')) return []
    const message =
      'must not have "Force=true", with which Argo CD deletes a Pod that it cannot patch, during builds; remove it'
    return [annotationBreach(own, message)]
  },
}
