import { SAFE_TO_EVICT } from '../../upstream/kubernetes/annotations.ts'
import { templateOf } from '../example.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** `--max-graceful-termination-sec` of Cluster Autoscaler. */
const AUTOSCALER_GRACE = 600

export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'Cluster Autoscaler gives builders less time to stop than their grace period.',
    why: 'With `safe-to-evict: "true"`, Cluster Autoscaler can remove the node of a builder. It then waits 600 seconds for Pods, whatever their grace period is, unless `--max-graceful-termination-sec` changes that. Builds that are still running fail. A builder that stops for another reason has its whole grace period.',
    source:
      'kubernetes/autoscaler, cluster-autoscaler/config/flags/flags.go (10*60) and kubernetes/kubernetes issue 94435',
    example: {
      wrong: templateOf({ podAnnotations: { [SAFE_TO_EVICT]: 'true' } }),
      right: templateOf({
        podAnnotations: { [SAFE_TO_EVICT]: 'true' },
        lifecycle: { terminationGracePeriodSeconds: 600 },
      }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const { template, spec } = builder.template
    const { terminationGracePeriodSeconds: seconds } = spec.lifecycle
    if (seconds <= AUTOSCALER_GRACE || ownAnnotation(builder, SAFE_TO_EVICT)?.value !== 'true') return []
    const message = `must be at most ${AUTOSCALER_GRACE} if Cluster Autoscaler can evict the builder, got ${seconds}; unless its \`--max-graceful-termination-sec\` is at least as high, builds that take longer fail`
    const path = ['spec', 'lifecycle', 'terminationGracePeriodSeconds']
    return [{ item: template.item, path, message, currentValue: seconds }]
  },
}
