import { SAFE_TO_EVICT } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** "on-completion" is of newer releases. */
const VALUES = ['true', 'false', 'on-completion']

/** The autoscaler compares letter by letter. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Cluster Autoscaler does not know this value of `safe-to-evict`.',
    why: 'The annotation has no effect: the node of the builder is never removed.',
    source:
      'kubernetes/autoscaler, cluster-autoscaler/utils/drain/drain.go and simulator/drainability/rules/replicated/rule.go',
    example: {
      wrong: templateOf({ podAnnotations: { [SAFE_TO_EVICT]: 'never' } }),
      right: templateOf({ podAnnotations: { [SAFE_TO_EVICT]: 'true' } }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, SAFE_TO_EVICT)
    if (!own || VALUES.includes(own.value)) return []
    return [annotationBreach(own, `must be "true" or "false", got "${own.value}", which has no effect`)]
  },
}
