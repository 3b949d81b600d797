import { isMapping, type KubernetesObject, type Source } from '../../input/item.ts'
import { placeOf } from '../../positions/locator.ts'
import type { Breach } from '../breaches/breach.ts'
import { manifests } from '../example.ts'
import { filledSecrets } from '../facts/certificates.ts'
import type { PackageFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

const template = (tls: object) => ({ kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', ...tls } } })
const certificate = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'builders' },
  spec: { secretName: 'buildkit-tls', dnsNames: ['example.svc'], issuerRef: { name: 'builders-ca' } },
}

/** Two for one Secret. */
export const rule: Rule = {
  severity: 'error',
  what: 'Something else in the package writes the Secret that `tls.certificate` fills.',
  why: 'cert-manager then issues neither certificate, or issues both repeatedly, and reports "IncorrectCertificate". A Secret in Git and cert-manager overwrite each other. If the Secret is that of a CA, the certificate replaces the CA. Leave out `tls.certificate` if you write the Certificate or the Secret yourself, or give the template a Secret of its own.',
  source:
    'cert-manager v1.21.2, internal/controller/certificates/policies/checks.go, SecretCertificateNameAnnotationMismatch',
  example: {
    wrong: manifests(template({ certificate: { issuerRef: { name: 'builders-ca' } } }), certificate),
    right: manifests(template({}), certificate),
  },
  of: 'package',
  find: (facts) => [...byCertificates(facts), ...byOthers(facts)],
}

const FIELD = ['spec', 'tls', 'certificate']

function byCertificates(facts: PackageFacts): readonly Breach[] {
  if (facts.certificates.length === 0) return []
  return filledSecrets(facts).flatMap(({ template: { template: source }, tls, others }) => {
    const written = others.find(({ from }) => !from)
    if (!tls.certificate || !written) return []
    const name = String(written.item.object?.metadata.name)
    const message = `must be left out, because Certificate "${name}" in ${placeOf(written.item)} fills Secret "${tls.secretName}"; keep one of them`
    return [{ item: source.item, path: FIELD, message }]
  })
}

/** A Secret in Git, and one with the CA of an Issuer. */
function byOthers({ templates, secrets, issuers }: PackageFacts): readonly Breach[] {
  return templates.flatMap(({ template: { item, value } }) => {
    const { tls } = value.spec
    if (!tls?.certificate) return []
    const isNear = ({ value: { metadata } }: Source<KubernetesObject>) =>
      metadata.namespace === value.metadata.namespace
    const secret = secrets.filter(isNear).find((one) => one.value.metadata.name === tls.secretName)
    const issuer = issuers.filter(isNear).find((one) => caSecretOf(one.value) === tls.secretName)
    const path = ['spec', 'tls', 'secretName']
    const currentValue = tls.secretName
    return [
      ...(secret
        ? [
            {
              item,
              path: FIELD,
              message: `must be left out, because ${placeOf(secret.item)} has Secret "${tls.secretName}"; keep one of them`,
            },
          ]
        : []),
      ...(issuer
        ? [
            {
              item,
              path,
              currentValue,
              message: `must be another Secret, because "${tls.secretName}" has the CA of Issuer "${issuer.value.metadata.name}", which the certificate would replace`,
            },
          ]
        : []),
    ]
  })
}

function caSecretOf({ spec }: KubernetesObject): unknown {
  return isMapping(spec) && isMapping(spec.ca) ? spec.ca.secretName : undefined
}
