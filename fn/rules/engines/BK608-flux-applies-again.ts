import { SERVER_SIDE_APPLY } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** `Ignore` is another rule's: the Pod never comes. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Flux applies an existing Pod again, which can make every reconciliation fail.',
    why: 'A rendered Pod never changes under its name, so Flux must create it once and leave it (`IfNotPresent`). Your value overrides this: Flux then reverts what admission or people have changed. If the API server rejects that, Flux applies nothing more of the Kustomization.',
    source:
      'fluxcd/pkg ssa v0.76.2, manager_apply.go, shouldSkipApply and shouldForceApply; fn/render/engine-annotations.ts',
    example: {
      wrong: templateOf({ podAnnotations: { [SERVER_SIDE_APPLY]: 'Merge' } }),
      right: templateOf({ podAnnotations: { [SERVER_SIDE_APPLY]: 'IfNotPresent' } }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, SERVER_SIDE_APPLY)
    const isFine = !own || ['ifnotpresent', 'ignore'].includes(own.value.toLowerCase())
    if (isFine || builder.template.retirement === 'engine') return []
    const message = `must be "IfNotPresent", which render-buildkit sets by default, got "${own.value}", with which Flux applies existing Pods again; remove it`
    return [annotationBreach(own, message)]
  },
}
