import { isMapping } from '../../input/item.ts'
import { templateOf } from '../example.ts'
import { patchedContainer, patchesIn } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

/** Privileges without which no mode works. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  what: 'A patch forbids buildkitd to gain the privileges that it needs.',
  why: 'With `allowPrivilegeEscalation: false`, newuidmap cannot set up the user namespace of a rootless builder, and buildkitd exits. The API server rejects the field beside `privileged: true`.',
  source: 'moby/buildkit#1671; kubernetes v1.37.2, pkg/apis/core/validation/validation.go, ValidateSecurityContext',
  example: {
    wrong: templateOf({
      podSpecPatch: { containers: [{ name: 'buildkit', securityContext: { allowPrivilegeEscalation: false } }] },
    }),
    right: templateOf({
      podSpecPatch: { containers: [{ name: 'buildkit', securityContext: { allowPrivilegeEscalation: true } }] },
    }),
  },
  of: 'package',
  find: (facts) =>
    patchesIn(facts).flatMap((patch) => {
      const container = patchedContainer(patch)
      const { securityContext } = container?.value ?? {}
      if (!container || !isMapping(securityContext) || securityContext.allowPrivilegeEscalation !== false) return []
      const why = patch.template.spec.rootless
        ? 'newuidmap cannot set up the user namespace'
        : 'the API server rejects it beside `privileged: true`'
      return [
        {
          item: patch.item,
          path: [...container.path, 'securityContext', 'allowPrivilegeEscalation'],
          message: `must be true or left out, because ${why}, got false; remove it`,
          currentValue: false,
          fix: { kind: 'remove' } as const,
        },
      ]
    }),
}
