import { SERVER_SIDE_APPLY } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** `Ignore` is another rule's: the Pod never comes. */
export const rule: Rule = {
  severity: 'warning',
  what: 'Flux applies an existing Pod again, which may make every reconciliation fail.',
  why: "A Pod of ours never changes under its name, so Flux shall make it once and leave it (`IfNotPresent`). A user's own value wins: Flux then undoes what admission or people have changed, and where the API server refuses that, nothing of the Kustomization is applied any more.",
  source: 'fluxcd/pkg ssa v0.76.2, manager_apply.go, shouldSkipApply and shouldForceApply; fn/engine-annotations.ts',
  example: {
    wrong: templateOf({ podAnnotations: { [SERVER_SIDE_APPLY]: 'Merge' } }),
    right: templateOf({ podAnnotations: { [SERVER_SIDE_APPLY]: 'IfNotPresent' } }),
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, SERVER_SIDE_APPLY)
    const isFine = !own || ['ifnotpresent', 'ignore'].includes(own.value.toLowerCase())
    if (isFine || builder.template.retirement === 'engine') return []
    const message = `must be "IfNotPresent", which render-buildkit sets where this is left out, got "${own.value}", with which Flux applies existing Pods again; remove it`
    return [annotationBreach(own, message)]
  },
}
