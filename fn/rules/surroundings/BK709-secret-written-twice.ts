import { placeOf } from '../../positions/locator.ts'
import { manifests } from '../example.ts'
import { filledSecrets } from '../facts/certificates.ts'
import type { Rule } from '../rule.ts'

const template = (tls: object) => ({ kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', ...tls } } })
const certificate = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'builders' },
  spec: { secretName: 'buildkit-tls', dnsNames: ['example.svc'], issuerRef: { name: 'builders-ca' } },
}

/** Two Certificates for one Secret. */
export const rule: Rule = {
  severity: 'error',
  what: 'A Certificate in the package fills the same Secret as `tls.certificate`.',
  why: 'cert-manager then issues neither certificate, or issues both repeatedly, and reports "IncorrectCertificate". Leave out `tls.certificate` if you write the Certificate yourself, or give the template a Secret of its own.',
  source:
    'cert-manager v1.21.2, internal/controller/certificates/policies/checks.go, SecretCertificateNameAnnotationMismatch',
  example: {
    wrong: manifests(template({ certificate: { issuerRef: { name: 'builders-ca' } } }), certificate),
    right: manifests(template({}), certificate),
  },
  of: 'package',
  needs: 'certificates',
  find: (facts) =>
    filledSecrets(facts).flatMap(({ template: { template: source }, tls, others }) => {
      const written = others.find(({ from }) => !from)
      if (!tls.certificate || !written) return []
      const name = String(written.item.object?.metadata.name)
      const message = `must be left out, because Certificate "${name}" in ${placeOf(written.item)} fills Secret "${tls.secretName}"; keep one of them`
      return [{ item: source.item, path: ['spec', 'tls', 'certificate'], message }]
    }),
}
