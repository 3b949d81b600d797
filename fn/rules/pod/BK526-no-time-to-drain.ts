import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** What the drain script waits for at least. */
const QUIET_SECONDS = 10

/** A drain without time. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The grace period is too short for `preStopScript`, which waits for 10 seconds without a client.',
    why: 'The kubelet kills the script and the running builds when the grace period ends. Every stop, even of an idle builder, looks like an aborted one.',
    source:
      'fn/render/drain-script.ts; kubernetes v1.37.2, pkg/kubelet/kuberuntime/kuberuntime_container.go, executePreStopHook',
    example: {
      wrong: templateOf({ lifecycle: { terminationGracePeriodSeconds: 0 } }),
      right: templateOf({ lifecycle: { terminationGracePeriodSeconds: 0, preStopScript: false } }),
    },
  }),
  of: 'template',
  find: ({ spec }) => {
    const { terminationGracePeriodSeconds: seconds, preStopScript } = spec.lifecycle
    if (!preStopScript || seconds < 0 || seconds > QUIET_SECONDS) return []
    const message = `must be greater than ${QUIET_SECONDS}, the seconds that \`preStopScript\` waits at least, got ${seconds}; raise it, or set \`preStopScript: false\``
    return [{ path: ['spec', 'lifecycle', 'terminationGracePeriodSeconds'], message, currentValue: seconds }]
  },
}
