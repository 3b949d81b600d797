import { IGNORE_RULES_ANNOTATION } from '../../../crds/names.ts'
import type { Finding } from '../finding.ts'
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

export function unusedIgnore(id: string): Finding {
  const path = `metadata.annotations[${IGNORE_RULES_ANNOTATION}]`
  const message = `must name rules that this object breaks and that can be ignored, got "${id}"; remove it`
  return { path, message, currentValue: id }
}
