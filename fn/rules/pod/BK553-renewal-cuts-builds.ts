import { RENEWAL_MINUTES } from '../../render/probes.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

const template = (preStopScript: boolean) =>
  templateOf({ tls: { secretName: 'buildkit-tls' }, lifecycle: { preStopScript } })

/** A renewal is a stop, which nothing delays. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'Without `preStopScript`, the renewal of a certificate can cut builds.',
    why: `buildkitd reads its certificate when it starts. After a renewal, the container starts again when no client is connected, but after ${RENEWAL_MINUTES} minutes in any case. Without the script, it does not drain: clients still connect, and their builds fail.`,
    source: 'fn/render/probes.ts, fn/render/drain-script.ts',
    example: { wrong: template(false), right: template(true) },
  }),
  of: 'template',
  find: ({ spec: { tls, lifecycle } }) => {
    if (!tls || lifecycle.preStopScript) return []
    const message =
      'must be true with `spec.tls`, got false; a busy builder stops without draining after its certificate is renewed'
    return [{ path: ['spec', 'lifecycle', 'preStopScript'], message, currentValue: false }]
  },
}
