import { closest } from '../../../crds/closest.ts'
import { parseGoDuration } from '../../../crds/go-duration.ts'
import type { Tls } from '../../../crds/tls.ts'
import { CERT_MANAGER, ISSUER_KINDS } from '../../upstream/cert-manager/issuer-ref.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

const certificate = (times: object) =>
  templateOf({ tls: { secretName: 'buildkit-tls', certificate: { issuerRef: { name: 'builders' }, ...times } } })

const MINUTE = 60e9
const DURATION_MIN = 60 * MINUTE
const RENEW_BEFORE_MIN = 5 * MINUTE
const DURATION = '2160h'

/** Times that cert-manager does not take. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'cert-manager rejects the Certificate of `tls.certificate`.',
    why: 'A certificate must be valid for at least one hour. Its renewal must be after it becomes valid, and at least five minutes before it expires. The kind of an issuer must be Issuer or ClusterIssuer, unless `issuerRef.group` names another group. The webhook of cert-manager rejects any other Certificate, so the Secret is never filled, and Pods stay in ContainerCreating.',
    source:
      'cert-manager v1.21.2, internal/apis/certmanager/validation/certificate.go, ValidateDuration and validateIssuerRef',
    example: {
      wrong: certificate({ duration: '24h', renewBefore: '24h' }),
      right: certificate({ duration: '24h', renewBefore: '8h' }),
    },
  }),
  of: 'template',
  find: ({ spec: { tls } }) =>
    tls?.certificate ? [...kindMistake(tls.certificate), ...mistakesIn(tls.certificate)] : [],
}

function kindMistake({ issuerRef: { kind, group } }: NonNullable<Tls['certificate']>): readonly Breach[] {
  if (group !== CERT_MANAGER || ISSUER_KINDS.includes(kind)) return []
  const proposedValue = closest(kind, ISSUER_KINDS)
  const message = `must be "Issuer" or "ClusterIssuer" in group "${group}", got "${kind}"`
  const path = ['spec', 'tls', 'certificate', 'issuerRef', 'kind']
  return [{ path, message, currentValue: kind, ...(proposedValue !== undefined && { proposedValue }) }]
}

function mistakesIn({ duration = DURATION, renewBefore }: NonNullable<Tls['certificate']>): readonly Breach[] {
  const valid = parseGoDuration(duration) ?? 0
  const before = renewBefore === undefined ? undefined : (parseGoDuration(renewBefore) ?? 0)
  const at = (field: string, message: string, currentValue: string | undefined) => {
    return { path: ['spec', 'tls', 'certificate', field], message: `${message}, got "${currentValue}"`, currentValue }
  }
  return [
    ...(valid < DURATION_MIN ? [at('duration', 'must be at least "1h"', duration)] : []),
    ...(before !== undefined && before < RENEW_BEFORE_MIN
      ? [at('renewBefore', 'must be at least "5m"', renewBefore)]
      : []),
    ...(before !== undefined && before >= valid
      ? [at('renewBefore', `must be less than \`duration\`, which is "${duration}"`, renewBefore)]
      : []),
  ]
}
