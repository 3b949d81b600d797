import { closest } from '../../../crds/closest.ts'
import { extendedUsages, isUsableFor } from '../../upstream/cert-manager/certificate.ts'
import { CERT_MANAGER } from '../../upstream/cert-manager/issuer-ref.ts'
import type { Breach } from '../breaches/breach.ts'
import { manifests } from '../example.ts'
import {
  isIssuedBy,
  type OtherCertificate,
  otherCertificates,
  type Trusted,
  trustedIn,
} from '../facts/client-certificates.ts'
import { issuerNamed } from '../facts/issuers.ts'
import type { Rule } from '../rule.ts'

const template = {
  kind: 'BuildkitTemplate',
  spec: { tls: { secretName: 'buildkit-tls', certificate: { issuerRef: { name: 'builders-ca' } } } },
}
const client = (usage: string) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'ci-client' },
  spec: { secretName: 'ci-client', commonName: 'ci', usages: [usage], issuerRef: { name: 'builders-ca' } },
})

/** A client that no builder accepts. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The Certificate of a client does not let it connect to the builders of the package.',
    why: 'Builders refuse a certificate of another issuer, and one with `usages` but without `client auth`. cert-manager finds an Issuer only in the namespace of the Certificate. The rule checks only Certificates that are clearly for clients of these builders. It checks the `usages` of a Certificate from the issuer of a template if the Certificate has no DNS name and no IP address, or if its name contains "client". It checks the issuer of a Certificate with the usage `client auth` if that issuer is not in the package, and has the same or almost the same name as the issuer of a template.',
    source:
      'cert-manager v1.21.2, pkg/controller/certificaterequests/sync.go, Sync; Go 1.26, crypto/tls/handshake_server.go, processCertsFromClient',
    example: { wrong: manifests(template, client('server auth')), right: manifests(template, client('client auth')) },
  }),
  of: 'package',
  needs: 'certificates',
  find: (facts) => {
    const trusted = trustedIn(facts)
    if (trusted.length === 0) return []
    return otherCertificates(facts, trusted).flatMap((one) => {
      if (one.alike.some((issuer) => isIssuedBy(one, issuer))) return usageMistake(one)
      if (one.ref.group !== CERT_MANAGER || issuerNamed(facts, one.ref, one.namespace)) return []
      if (!extendedUsages(one.spec).includes('client auth')) return []
      return placeMistake(one) ?? nameMistake(one, trusted)
    })
  },
}

function usageMistake({ item, name, spec }: OtherCertificate): readonly Breach[] {
  const extended = extendedUsages(spec)
  const isOfServer = [spec.dnsNames, spec.ipAddresses].some((names) => Array.isArray(names) && names.length > 0)
  if (isUsableFor('client auth', extended) || (isOfServer && !/client/i.test(name ?? ''))) return []
  const message = `must have "client auth" for a client of builders, got ${extended.join(', ')}`
  return [{ item, path: ['spec', 'usages'], message }]
}

/** An issuer of the same name that is in another namespace, or of the other kind. */
function placeMistake({ item, namespace, ref, alike }: OtherCertificate): readonly Breach[] | undefined {
  const ofKind = alike.find((one) => one.ref.kind === ref.kind && one.namespace !== undefined)
  if (ofKind && namespace !== undefined) {
    const message = `must be "${ofKind.namespace}", the namespace of Issuer "${ref.name}" of BuildkitTemplate "${ofKind.template}", got "${namespace}"`
    return [{ item, path: ['metadata', 'namespace'], message, currentValue: namespace }]
  }
  const other = alike.find((one) => one.ref.kind === 'ClusterIssuer' || one.namespace === namespace)
  if (!other || other.ref.kind === ref.kind) return undefined
  const message = `must be "${other.ref.kind}", as in BuildkitTemplate "${other.template}", got "${ref.kind}"`
  return [{ item, path: ['spec', 'issuerRef', 'kind'], message, currentValue: ref.kind }]
}

/** A name is compared with at most so many others. */
const NAMES_MAX = 100

function nameMistake({ item, namespace, ref }: OtherCertificate, trusted: readonly Trusted[]): readonly Breach[] {
  const reached = trusted.filter(
    (one) => one.ref.kind === ref.kind && (ref.kind !== 'Issuer' || one.namespace === namespace),
  )
  const names = [...new Set(reached.map((one) => one.ref.name))].slice(0, NAMES_MAX)
  const meant = closest(ref.name, names)
  if (meant === undefined) return []
  const message = `must name the issuer of the builders, got "${ref.name}"; did you mean "${meant}"?`
  return [{ item, path: ['spec', 'issuerRef', 'name'], message, currentValue: ref.name, proposedValue: meant }]
}
