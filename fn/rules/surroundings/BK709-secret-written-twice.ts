import { grouped } from '../../common/collections.ts'
import { isMapping, type KubernetesObject, objectId } from '../../input/item.ts'
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
    const because = `Certificate "${name}" in ${placeOf(written.item)} fills Secret "${tls.secretName}"`
    return [{ item: source.item, path: FIELD, message: leftOut(because) }]
  })
}

/** A Secret in Git, and one with the CA of an Issuer. */
function byOthers({ templates, secrets, issuers }: PackageFacts): readonly Breach[] {
  const written = grouped(secrets, ({ value: { metadata } }) => objectId(metadata.namespace, metadata.name))
  const ofCa = grouped(issuers, ({ value }) => objectId(value.metadata.namespace, caSecretOf(value)))
  return templates.flatMap(({ template: { item, value } }) => {
    const { tls } = value.spec
    if (!tls?.certificate) return []
    const { secretName } = tls
    const id = objectId(value.metadata.namespace, secretName)
    const breaches: Breach[] = []
    const [secret] = written.get(id) ?? []
    if (secret) {
      const message = leftOut(`${placeOf(secret.item)} has Secret "${secretName}"`)
      breaches.push({ item, path: FIELD, message })
    }
    const [issuer] = ofCa.get(id) ?? []
    if (issuer) {
      const message = `must be another Secret, because "${secretName}" has the CA of Issuer "${issuer.value.metadata.name}", which the certificate would replace`
      breaches.push({ item, path: ['spec', 'tls', 'secretName'], currentValue: secretName, message })
    }
    return breaches
  })
}

function leftOut(because: string): string {
  return `must be left out, because ${because}; keep one of them`
}

function caSecretOf({ spec }: KubernetesObject): string | undefined {
  return isMapping(spec) && isMapping(spec.ca) ? String(spec.ca.secretName) : undefined
}
