import { IGNORE_RULES_ANNOTATION } from '../../../crds/names.ts'
import type { Breach } from '../breaches/breach.ts'
import type { Rule } from '../rule.ts'

/** Found by `judge`, which alone knows what was ignored. */
export const UNUSED_IGNORE: Rule = {
  id: 'BK001',
  severity: 'warning',
  what: 'An object asks to ignore a rule that it does not break, or that cannot be ignored.',
  why: 'What was right when it was written hides the next mistake of the same kind.',
  source: 'this project',
  example: {
    wrong: `kind: BuildkitTemplate
metadata:
  annotations:
    ${IGNORE_RULES_ANNOTATION}: BK601
`,
    right: `kind: BuildkitTemplate
metadata:
  annotations:
    ${IGNORE_RULES_ANNOTATION}: BK601
spec:
  lifecycle:
    restartPolicy: OnFailure
`,
  },
  of: 'package',
  find: () => [],
}

/** What is said of an id that an object need not ignore; `rule` is the one of that id. */
export function unusedIgnore(id: string, rule: Rule | undefined): Breach {
  const path = ['metadata', 'annotations', IGNORE_RULES_ANNOTATION]
  return { path, message: `must name rules ${wanted(rule)}, got "${id}"; remove it`, currentValue: id }
}

function wanted(rule: Rule | undefined): string {
  if (!rule) return 'of docs/rules.md'
  return rule.cannotWork || rule === UNUSED_IGNORE ? 'that can be ignored' : 'that this object breaks'
}
