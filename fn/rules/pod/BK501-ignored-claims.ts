import type { Path } from '../../../crds/validate.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Claims are declared in the patch, and so the container names them there. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`resources.claims` has no effect.',
    why: "The API server rejects a container's claims that its Pod does not declare, and only `podSpecPatch.resourceClaims` declares them. Rendering leaves the claims out of the Pod: name them in `podSpecPatch`, too.",
    source: 'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validateContainerResourceClaims',
    example: {
      wrong: templateOf({ resources: { default: { claims: [{ name: 'gpu' }] } } }),
      right: templateOf({
        podSpecPatch: {
          containers: [{ name: 'buildkit', resources: { claims: [{ name: 'gpu' }] } }],
          resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }],
        },
      }),
    },
  }),
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
  const message =
    'has no effect; declare `resourceClaims` in `podSpecPatch`, and put `claims` into `resources` of its container `buildkit`'
  return [{ path: [...path, 'claims'], message, fix: { kind: 'remove' } }]
}
