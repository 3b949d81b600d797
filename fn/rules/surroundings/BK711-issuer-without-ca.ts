import { type IssuerRef, issuerRefOf } from '../../upstream/cert-manager/issuer-ref.ts'
import type { Breach } from '../breaches/breach.ts'
import { manifests } from '../example.ts'
import { filledSecrets } from '../facts/certificates.ts'
import type { PackageFacts } from '../facts/facts.ts'
import { issuerNamed, whyWithoutCa } from '../facts/issuers.ts'
import type { Rule } from '../rule.ts'

const template = {
  kind: 'BuildkitTemplate',
  spec: { tls: { secretName: 'buildkit-tls', certificate: { issuerRef: { name: 'builders' } } } },
}
const issuer = (spec: object) => ({
  apiVersion: 'cert-manager.io/v1',
  kind: 'Issuer',
  metadata: { name: 'builders' },
  spec,
})

/** An issuer by which no builder can verify a client. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: 'Builders require client certificates, but their issuer has no CA that signs them.',
    why: 'With `clientAuth: Require`, a Pod mounts `ca.crt`, and buildkitd accepts clients with a certificate that this CA has signed. With an ACME issuer, the Secret has no `ca.crt`, so the Pod stays in ContainerCreating. With a self-signed issuer, `ca.crt` is the certificate of the builder itself, which signs no other certificate, so no client can connect. Use an issuer of the type CA or Vault, or set `clientAuth: None`. The rule checks only issuers that are in the package.',
    source: 'cert-manager v1.21.2, pkg/controller/certificaterequests/acme/acme.go and selfsigned/selfsigned.go, Sign',
    example: {
      wrong: manifests(template, issuer({ selfSigned: {} })),
      right: manifests(template, issuer({ ca: { secretName: 'builders-ca' } })),
    },
  }),
  of: 'package',
  needs: 'issuers',
  find: (facts) => [...byTemplates(facts), ...byCertificates(facts)],
}

function byTemplates(facts: PackageFacts): readonly Breach[] {
  return facts.templates.flatMap(({ template: { item, value } }) => {
    const { tls } = value.spec
    if (!tls?.certificate || tls.clientAuth !== 'Require') return []
    const message = mistakeIn(facts, tls.certificate.issuerRef, value.metadata.namespace)
    const path = ['spec', 'tls', 'certificate', 'issuerRef', 'name']
    return message === undefined ? [] : [{ item, path, message }]
  })
}

/** Certificates that users wrote for builders. */
function byCertificates(facts: PackageFacts): readonly Breach[] {
  return filledSecrets(facts).flatMap(({ tls, others }) => {
    if (tls.certificate || tls.clientAuth !== 'Require') return []
    return others.flatMap(({ item, namespace, from, spec }) => {
      const ref = from ? undefined : issuerRefOf(spec)
      const message = ref && mistakeIn(facts, ref, namespace)
      return message === undefined ? [] : [{ item, path: ['spec', 'issuerRef', 'name'], message }]
    })
  })
}

function mistakeIn(facts: PackageFacts, ref: IssuerRef, namespace: string | undefined): string | undefined {
  const named = issuerNamed(facts, ref, namespace)
  const why = named && whyWithoutCa(named)
  if (why === undefined) return undefined
  return `must name an issuer whose CA also signs certificates of clients, got "${ref.name}"; ${ref.kind} "${ref.name}" ${why}`
}
