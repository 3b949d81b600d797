import { isMapping } from '../../input/item.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

/** What a Pod gets that does not say anything. */
const DEFAULT_SECONDS = 30

/** A grace period in which nothing waits. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: '`preStopScript` is off, but a grace period is set.',
    why: 'Only the script waits for builds. Without it, buildkitd gets SIGTERM immediately and accepts no more calls. Running builds fail, however long the grace period is.',
    source: 'fn/render/drain-script.ts; buildkit v0.34.2, cmd/buildkitd/main.go, server.GracefulStop',
    example: {
      wrong: templateOf({ lifecycle: { preStopScript: false, terminationGracePeriodSeconds: 3600 } }),
      right: templateOf({ lifecycle: { terminationGracePeriodSeconds: 3600 } }),
    },
  }),
  of: 'template',
  find: (template) => {
    const { preStopScript, terminationGracePeriodSeconds: seconds } = template.spec.lifecycle
    if (preStopScript || seconds <= DEFAULT_SECONDS || !isSaid(template)) return []
    const message = `must be true, got false; without the script, builds fail immediately despite the ${seconds} seconds of \`terminationGracePeriodSeconds\`; remove it, or remove the grace period`
    return [{ path: ['spec', 'lifecycle', 'preStopScript'], message, currentValue: false }]
  },
}

/** Whether the grace period is the user's own, and not the default of templates. */
function isSaid({ template: { item } }: TemplateFacts): boolean {
  const spec = item.object?.spec
  const lifecycle = isMapping(spec) ? spec.lifecycle : undefined
  return isMapping(lifecycle) && typeof lifecycle.terminationGracePeriodSeconds === 'number'
}
