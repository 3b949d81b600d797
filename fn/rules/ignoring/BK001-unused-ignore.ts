import { IGNORE_RULES_ANNOTATION } from '../../../crds/names.ts'
import { manifests } from '../example.ts'
import type { IdleIgnore } from '../facts/ignores.ts'
import type { Rule } from '../rule.ts'

const PATH = ['metadata', 'annotations', IGNORE_RULES_ANNOTATION]

/** What the annotation must name instead. */
const MUST: Readonly<Record<IdleIgnore['why'], string>> = {
  'no such rule': 'of docs/rules.md',
  'cannot be ignored': 'that can be ignored',
  'not broken': 'that this object breaks',
}

export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'An object ignores a rule that it does not break, or that cannot be ignored.',
    why: 'An annotation that is no longer needed hides the next mistake of the same kind. Remove the id from the annotation.',
    source: 'this project',
    example: {
      wrong: manifests({
        kind: 'BuildkitTemplate',
        metadata: { annotations: { [IGNORE_RULES_ANNOTATION]: 'BK601' } },
      }),
      right: manifests({
        kind: 'BuildkitTemplate',
        metadata: { annotations: { [IGNORE_RULES_ANNOTATION]: 'BK601' } },
        spec: { lifecycle: { restartPolicy: 'OnFailure' } },
      }),
    },
  }),
  of: 'ignores',
  find: (ignores) =>
    ignores.map(({ item, id, why, meant }) => {
      const next = meant ? `did you mean "${meant}"?` : 'remove it'
      return { item, path: PATH, message: `must name rules ${MUST[why]}, got "${id}"; ${next}`, currentValue: id }
    }),
}
