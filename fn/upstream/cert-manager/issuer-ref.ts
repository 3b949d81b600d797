import type { CertificateSpec } from './certificate.ts'

/** The issuer that a Certificate names. */
export interface IssuerRef {
  readonly name: string
  readonly kind: string
  readonly group: string
}

export const CERT_MANAGER = 'cert-manager.io'
/** The kinds of issuers of cert-manager itself; other groups have their own. */
export const ISSUER_KINDS: readonly string[] = ['Issuer', 'ClusterIssuer']

/** With what cert-manager takes for what is left out; undefined where there is no name. */
export function issuerRefOf({ issuerRef }: CertificateSpec): IssuerRef | undefined {
  const { name, kind, group } = (issuerRef ?? {}) as CertificateSpec
  if (typeof name !== 'string') return undefined
  return {
    name,
    kind: typeof kind === 'string' && kind !== '' ? kind : 'Issuer',
    group: typeof group === 'string' && group !== '' ? group : CERT_MANAGER,
  }
}
