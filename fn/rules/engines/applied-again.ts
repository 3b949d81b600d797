import { annotationBreach } from '../breaches/annotation-breach.ts'
import { ownAnnotation } from '../facts/own-annotation.ts'
import type { Rule } from '../rule.ts'

const SSA = 'kustomize.toolkit.fluxcd.io/ssa'
const FORCE = 'kustomize.toolkit.fluxcd.io/force'
const SOURCE = 'fluxcd/pkg ssa v0.76.2, manager_apply.go, shouldSkipApply and shouldForceApply'

/** `Ignore` is another rule's: the Pod never comes. */
export const APPLIED_AGAIN: Rule = {
  id: 'BK608',
  severity: 'warning',
  what: 'Flux applies an existing Pod again, which may make every reconciliation fail.',
  why: "A Pod of ours never changes under its name, so Flux shall make it once and leave it (`IfNotPresent`). A user's own value wins: Flux then undoes what admission or people have changed, and where the API server refuses that, nothing of the Kustomization is applied any more.",
  source: `${SOURCE}; fn/engine-annotations.ts`,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${SSA}: Merge
`,
    right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${SSA}: IfNotPresent
`,
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, SSA)
    const isFine = !own || ['ifnotpresent', 'ignore'].includes(own.value.toLowerCase())
    if (isFine || builder.template.retirement === 'engine') return []
    const message = `must be "IfNotPresent", which render-buildkit sets where this is left out, got "${own.value}", with which Flux applies existing Pods again; remove it`
    return [annotationBreach(own, message)]
  },
}

/** Flux skips a Pod with `IfNotPresent` before it looks at this. */
export const FORCED_BY_FLUX: Rule = {
  id: 'BK609',
  severity: 'warning',
  what: 'With `force` Flux may delete a Pod in the middle of builds.',
  why: 'Where the API server refuses a change of an existing Pod, Flux deletes the Pod and makes it again. As long as the Pod has `ssa: IfNotPresent`, which is so unless `retirement: engine` or an annotation says otherwise, it has no effect.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${FORCE}: enabled
`,
    right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${FORCE}: disabled
`,
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, FORCE)
    if (own?.value.toLowerCase() !== 'enabled') return []
    const ssa = ownAnnotation(builder, SSA)?.value.toLowerCase()
    const isSkipped = ssa === undefined ? builder.template.retirement === 'controller' : ssa === 'ifnotpresent'
    const consequence = isSkipped
      ? 'has no effect, because Flux makes a Pod once and leaves it'
      : 'must not be set: Flux then deletes a Pod that it cannot change, in the middle of builds'
    return [annotationBreach(own, `${consequence}; remove it`)]
  },
}
