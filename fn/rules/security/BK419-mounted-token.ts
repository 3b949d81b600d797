import { PATCH_FIELD } from '../../patch/patch-field.ts'
import { templateOf } from '../example.ts'
import { patchesIn } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

const FIELD = 'automountServiceAccountToken'

/** A token that build steps can read. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A patch mounts the token of the ServiceAccount into builders.',
    why: 'Rootless build steps run beside buildkitd in the same container, and privileged build steps can reach its files. Anyone who can build can then act as the ServiceAccount. Mount a projected token in the sidecar that needs one instead.',
    source: 'kubernetes v1.37.2, plugin/pkg/admission/serviceaccount/admission.go',
    example: {
      wrong: templateOf({ podSpecPatch: { [FIELD]: true } }),
      right: templateOf({ podSpecPatch: { [FIELD]: false } }),
    },
  }),
  of: 'package',
  find: (facts) =>
    patchesIn(facts).flatMap(({ item, patch }) => {
      if (patch[FIELD] !== true) return []
      const message = 'must be false, because build steps can read the token, got true; remove it'
      return [{ item, path: [...PATCH_FIELD, FIELD], message, currentValue: true, fix: { kind: 'remove' } as const }]
    }),
}
