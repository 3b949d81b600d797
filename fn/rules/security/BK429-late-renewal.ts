import { parseGoDuration } from '../../../crds/go-duration.ts'
import { RENEWAL_MINUTES } from '../../render/probes.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

const certificate = (renewBefore: string) =>
  templateOf({
    tls: { secretName: 'buildkit-tls', certificate: { issuerRef: { name: 'builders' }, duration: '24h', renewBefore } },
  })

/** cert-manager's default of `duration`. */
const DURATION = '2160h'
const SECOND = 1e9

/** A certificate that may end while its successor waits. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A certificate is renewed so late that it may expire before a busy builder starts again.',
    why: `A builder reads its certificate when it starts. After a renewal, it waits until no client is connected, for up to ${RENEWAL_MINUTES} minutes, and then drains within the grace period before it starts again. Until then, it serves the old certificate, and clients refuse an expired certificate. Renew earlier; without \`renewBefore\`, cert-manager renews after two thirds of the duration.`,
    source: 'fn/render/probes.ts; cert-manager v1.21.2, pkg/util/pki/renewaltime.go, RenewalTime',
    example: { wrong: certificate('30m'), right: certificate('8h') },
  }),
  of: 'template',
  find: ({ spec: { tls, lifecycle } }) => {
    if (!tls?.certificate) return []
    const { duration = DURATION, renewBefore } = tls.certificate
    const valid = (parseGoDuration(duration) ?? 0) / SECOND
    const before = renewBefore === undefined ? valid / 3 : (parseGoDuration(renewBefore) ?? 0) / SECOND
    const needed = RENEWAL_MINUTES * 60 + Math.max(0, lifecycle.terminationGracePeriodSeconds)
    if (before >= needed) return []
    const minutes = Math.ceil(needed / 60)
    const field = renewBefore === undefined ? 'duration' : 'renewBefore'
    const wanted = renewBefore === undefined ? `${minutes * 3}m", three times the "${minutes}m` : `${minutes}m`
    const message = `must be at least "${wanted}" that a busy builder may take to start again, got "${renewBefore ?? duration}"`
    return [{ path: ['spec', 'tls', 'certificate', field], message, currentValue: renewBefore ?? duration }]
  },
}
