import { annotationBreach } from '../breaches/annotation-breach.ts'
import { optionsIn } from '../facts/options-in.ts'
import { ownAnnotation } from '../facts/own-annotation.ts'
import type { Rule } from '../rule.ts'

const KEY = 'argocd.argoproj.io/sync-options'
const SOURCE = 'gitops-engine v0.7.1 (2025-12), pkg/sync/sync_context.go, applyObject'

/** A Pod is almost immutable, and `kubectl replace` sends it without what the cluster has added. */
export const REPLACED: Rule = {
  id: 'BK603',
  severity: 'error',
  what: 'With `Replace=true` Argo CD fails at the second sync, or with `Force=true` beside it ends running builds at each.',
  why: 'Replacing a Pod takes its node and its service account away, which the API server refuses: the sync fails from then on. With `Force=true` Argo CD deletes the Pod and makes it again, at every sync, changed or not. A Pod of ours is never changed in place: its name is a hash of what it says.',
  source: `${SOURCE}; kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidatePodUpdate; argo-cd issue 5882`,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${KEY}: Replace=true
`,
    right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${KEY}: ServerSideApply=true
`,
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, KEY)
    const options = optionsIn(own?.value ?? '')
    if (!own || !options.includes('Replace=true')) return []
    const consequence = options.includes('Force=true')
      ? 'deletes the Pod and makes it again at every sync, in the middle of builds'
      : 'fails at every sync after the first, because the API server refuses to replace a Pod'
    return [annotationBreach(own, `must not have "Replace=true", with which Argo CD ${consequence}; remove it`)]
  },
}

/** Comes into play when a patch is refused. */
export const FORCED: Rule = {
  id: 'BK604',
  severity: 'warning',
  what: 'With `Force=true` Argo CD may delete a Pod in the middle of builds.',
  why: 'Where the API server refuses a patch, because an admission webhook has changed the Pod or somebody has edited it, Argo CD deletes the Pod and makes it again, and its clients with it; without the option the sync fails and the Pod lives.',
  source: `${SOURCE}; kubectl v0.37.2, pkg/cmd/apply/patcher.go, deleteAndCreate`,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${KEY}: Force=true
`,
    right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${KEY}: ServerSideApply=true
`,
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, KEY)
    const options = optionsIn(own?.value ?? '')
    if (!own || !options.includes('Force=true') || options.includes('Replace=true')) return []
    const message =
      'must not have "Force=true", with which Argo CD deletes the Pod where it cannot patch it, in the middle of builds; remove it'
    return [annotationBreach(own, message)]
  },
}
