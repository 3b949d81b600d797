import { grouped } from '../../common/collections.ts'
import { type Item, isMapping, objectId } from '../../input/item.ts'
import type { CertificateSpec } from '../../upstream/cert-manager/certificate.ts'
import { type IssuerRef, issuerRefOf } from '../../upstream/cert-manager/issuer-ref.ts'
import type { PackageFacts, TemplateFacts } from './facts.ts'

/** The issuer of a template, which also signs the certificates of its clients. */
export interface Trusted {
  readonly ref: IssuerRef
  readonly template: string
  readonly namespace: string | undefined
}

/** A Certificate that is neither a CA's nor a builder's. */
export interface OtherCertificate {
  readonly item: Item
  readonly name: string | undefined
  readonly namespace: string | undefined
  readonly spec: CertificateSpec
  readonly ref: IssuerRef
  /** The issuers of templates with the same name, whatever their kind and namespace. */
  readonly alike: readonly Trusted[]
}

/** The issuers that templates name. */
export function trustedIn({ templates }: PackageFacts): readonly Trusted[] {
  return templates.flatMap(({ template: { value } }) => {
    const { name, namespace } = value.metadata
    const ref = value.spec.tls?.certificate?.issuerRef
    return ref ? [{ ref, template: name, namespace }] : []
  })
}

/** The Certificates of a package that may be those of clients. */
export function otherCertificates(facts: PackageFacts, trusted: readonly Trusted[]): readonly OtherCertificate[] {
  const byName = grouped(trusted, ({ ref }) => ref.name)
  const ofBuilders = new Set(facts.templates.map(secretIdOf))
  return facts.certificates.flatMap(({ item, value: { metadata, spec } }) => {
    if (!isMapping(spec) || spec.isCA === true) return []
    const { name, namespace } = metadata
    const ref = issuerRefOf(spec)
    if (!ref || ofBuilders.has(objectId(namespace, String(spec.secretName)))) return []
    return [{ item, name, namespace, spec, ref, alike: byName.get(ref.name) ?? [] }]
  })
}

function secretIdOf({ template: { value } }: TemplateFacts): string | undefined {
  return value.spec.tls && objectId(value.metadata.namespace, value.spec.tls.secretName)
}

/** Whether a Certificate has an issuer: an Issuer is for its own namespace only. */
export function isIssuedBy({ ref, namespace }: OtherCertificate, one: Trusted): boolean {
  const isSame = one.ref.name === ref.name && one.ref.kind === ref.kind && one.ref.group === ref.group
  return isSame && (ref.kind !== 'Issuer' || one.namespace === namespace)
}
