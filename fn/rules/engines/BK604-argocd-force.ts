import { SYNC_OPTIONS } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { optionsIn, ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** Comes into play when a patch is refused. */
export const rule: Rule = {
  severity: 'warning',
  what: 'With `Force=true` Argo CD may delete a Pod in the middle of builds.',
  why: 'Where the API server refuses a patch, because an admission webhook has changed the Pod or somebody has edited it, Argo CD deletes the Pod and makes it again, and its clients with it; without the option the sync fails and the Pod lives.',
  source:
    'gitops-engine v0.7.1 (2025-12), pkg/sync/sync_context.go, applyObject; kubectl v0.37.2, pkg/cmd/apply/patcher.go, deleteAndCreate',
  example: {
    wrong: templateOf({ podAnnotations: { [SYNC_OPTIONS]: 'Force=true' } }),
    right: templateOf({ podAnnotations: { [SYNC_OPTIONS]: 'ServerSideApply=true' } }),
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, SYNC_OPTIONS)
    const options = optionsIn(own?.value ?? '')
    if (!own || !options.includes('Force=true') || options.includes('Replace=true')) return []
    const message =
      'must not have "Force=true", with which Argo CD deletes the Pod where it cannot patch it, in the middle of builds; remove it'
    return [annotationBreach(own, message)]
  },
}
