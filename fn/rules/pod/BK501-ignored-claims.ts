import type { Path } from '../../../crds/validate.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A template has no field for the claims that its container would name. */
export const rule: Rule = {
  severity: 'warning',
  what: '`resources.claims` has no effect.',
  why: "The API server rejects a container's claims that its Pod does not declare, and a template cannot declare `resourceClaims`. Rendering leaves the claims out of the Pod.",
  source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validateContainerResourceClaims',
  example: {
    wrong: templateOf({ resources: { default: { claims: [{ name: 'gpu' }] } } }),
    right: templateOf({ resources: { default: { limits: { cpu: '4' } } } }),
  },
  of: 'package',
  find: ({ templates, buildkits }) => [
    ...templates.flatMap(({ template: { item }, spec }) => {
      return claimsIn(['spec', 'resources', 'default'], spec.resources.default).map((breach) => ({ ...breach, item }))
    }),
    ...buildkits.flatMap(({ item, value }) => {
      return claimsIn(['spec', 'resources'], value.spec.resources).map((breach) => ({ ...breach, item }))
    }),
  ],
}

function claimsIn(path: Path, resources: { readonly claims?: readonly unknown[] | undefined } | undefined): Breach[] {
  if (!resources?.claims?.length) return []
  const message = 'has no effect, because a template cannot declare the `resourceClaims` of a Pod; remove it'
  return [{ path: [...path, 'claims'], message, fix: { kind: 'remove' } }]
}
