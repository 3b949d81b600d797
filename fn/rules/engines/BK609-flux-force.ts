import { SERVER_SIDE_APPLY } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

const FORCE = 'kustomize.toolkit.fluxcd.io/force'

/** Flux skips a Pod with `IfNotPresent` before it looks at this. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'With `force`, Flux can delete a Pod during builds.',
    why: 'If the API server rejects a change of an existing Pod, Flux deletes the Pod and creates it again. The annotation has no effect while the Pod has `ssa: IfNotPresent`, which rendering sets unless `retirement: engine` or an annotation changes that.',
    source: 'fluxcd/pkg ssa v0.76.2, manager_apply.go, shouldSkipApply and shouldForceApply',
    example: {
      wrong: templateOf({ podAnnotations: { [FORCE]: 'enabled' } }),
      right: templateOf({ podAnnotations: { [FORCE]: 'disabled' } }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, FORCE)
    if (own?.value.toLowerCase() !== 'enabled') return []
    const ssa = ownAnnotation(builder, SERVER_SIDE_APPLY)?.value.toLowerCase()
    const isSkipped = ssa === undefined ? builder.template.retirement === 'controller' : ssa === 'ifnotpresent'
    const consequence = isSkipped
      ? 'has no effect, because Flux creates a Pod once and leaves it'
      : 'must not be set; Flux then deletes a Pod that it cannot change, during builds'
    return [annotationBreach(own, `${consequence}; remove it`)]
  },
}
