import { type Item, isMapping, type KubernetesObject, objectId } from '../../input/item.ts'
import { placeOf } from '../../positions/locator.ts'
import { otherHolder } from '../../upstream/cert-manager/certificate.ts'
import type { Breach } from '../breaches/breach.ts'
import { manifests } from '../example.ts'
import { type Filled, filledSecrets } from '../facts/certificates.ts'
import type { PackageFacts, TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

const template = (tls: object) => ({ kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', ...tls } } })
const certificate = {
  apiVersion: 'cert-manager.io/v1',
  kind: 'Certificate',
  metadata: { name: 'builders' },
  spec: { secretName: 'buildkit-tls', dnsNames: ['example.svc'], issuerRef: { name: 'builders-ca' } },
}

/** Two writers of one Secret. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'Something else in the package writes the Secret that `tls.certificate` fills.',
    why: 'cert-manager then issues neither certificate, or issues both repeatedly, and reports "IncorrectCertificate". A Secret in Git and cert-manager overwrite each other. If the Secret contains a CA, the certificate replaces the CA. Leave out `tls.certificate` if you write the Certificate or the Secret yourself, or give the template a Secret of its own.',
    source:
      'cert-manager v1.21.2, internal/controller/certificates/policies/checks.go, SecretCertificateNameAnnotationMismatch',
    example: {
      wrong: manifests(template({ certificate: { issuerRef: { name: 'builders-ca' } } }), certificate),
      right: manifests(template({}), certificate),
    },
  }),
  of: 'package',
  find: (facts) => {
    const others: Others = {
      secrets: new Map(facts.secrets.map((source) => [idOf(source.value), source.item])),
      issuers: caSecretsIn(facts.issuers),
      certificates: new Map(filledSecrets(facts).map((filled) => [filled.template, writtenBeside(filled)])),
    }
    return facts.templates.flatMap((one) => [...bySecret(one, others), ...byCertificate(one, others)])
  },
}

/** What else writes Secrets; Secrets and the names of Issuers by the id of a Secret. */
interface Others {
  readonly secrets: ReadonlyMap<string, Item>
  readonly issuers: ReadonlyMap<string, string | undefined>
  readonly certificates: ReadonlyMap<TemplateFacts, Written | undefined>
}

function bySecret({ template: { item, value } }: TemplateFacts, { secrets }: Others): readonly Breach[] {
  const { metadata, spec } = value
  if (!spec.tls?.certificate) return []
  const secret = secrets.get(objectId(metadata.namespace, spec.tls.secretName))
  return secret ? [leftOut(item, `${placeOf(secret)} has Secret "${spec.tls.secretName}"`)] : []
}

/** Of a Certificate with the same name, the conflict of names says it (render/conflicts.ts). */
function byCertificate(one: TemplateFacts, { issuers, certificates }: Others): readonly Breach[] {
  const { item, value } = one.template
  const { tls } = value.spec
  const written = certificates.get(one)
  if (!tls?.certificate || written?.name === tls.secretName) return []
  const issuer = issuers.get(objectId(value.metadata.namespace, tls.secretName))
  if (issuer) return [otherSecret(item, tls.secretName, `has the CA of Issuer "${issuer}"`)]
  if (!written) return []
  if (written.holder === undefined) return [leftOut(item, written.text)]
  return [otherSecret(item, tls.secretName, `is for ${written.holder}: ${written.text}`)]
}

/** The Certificate in the package that fills the Secret of a template too. */
interface Written {
  readonly name: string | undefined
  readonly holder: string | undefined
  readonly text: string
}

function writtenBeside({ others, serverName, tls }: Filled): Written | undefined {
  const written = others.find(({ from }) => !from)
  if (!written) return undefined
  const name = written.item.object?.metadata.name
  return {
    name,
    holder: otherHolder(written.spec, serverName),
    text: `Certificate "${name}" in ${placeOf(written.item)} fills Secret "${tls.secretName}"`,
  }
}

/** The names of Issuers, by the Secret that has their CA. */
function caSecretsIn(issuers: PackageFacts['issuers']): ReadonlyMap<string, string | undefined> {
  return new Map(
    issuers.flatMap(({ value }) => {
      const { metadata, kind, spec } = value
      if (kind !== 'Issuer' || !isMapping(spec) || !isMapping(spec.ca)) return []
      return [[objectId(metadata.namespace, String(spec.ca.secretName)), metadata.name]]
    }),
  )
}

function idOf({ metadata }: KubernetesObject): string {
  return objectId(metadata.namespace, metadata.name)
}

function leftOut(item: Item, because: string): Breach {
  const message = `must be left out, because ${because}; keep one of them`
  return { item, path: ['spec', 'tls', 'certificate'], message }
}

function otherSecret(item: Item, secretName: string, because: string): Breach {
  const message = `must be another Secret, because "${secretName}" ${because}, which the certificate would replace`
  return { item, path: ['spec', 'tls', 'secretName'], currentValue: secretName, message }
}
