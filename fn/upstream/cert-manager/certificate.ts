/** What a Certificate says of itself. */
export type CertificateSpec = Readonly<Record<string, unknown>>

/** The usages that exclude others; `digital signature` and the like do not. Without any, a certificate is for every purpose. */
export function extendedUsages({ usages }: CertificateSpec): readonly string[] {
  return Array.isArray(usages) ? usages.filter((usage) => EXTENDED.includes(usage)) : []
}

const EXTENDED = [
  'any',
  'server auth',
  'client auth',
  'code signing',
  'email protection',
  's/mime',
  'ocsp signing',
  'timestamping',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'microsoft sgc',
  'netscape sgc',
]

/** Whether extended usages let a certificate be used for one of them. */
export function isUsableFor(usage: 'server auth' | 'client auth', extended: readonly string[]): boolean {
  return extended.length === 0 || extended.includes(usage) || extended.includes('any')
}

/** Whether a certificate has a name that is good for a host. */
export function isForHost({ dnsNames }: CertificateSpec, host: string): boolean {
  return Array.isArray(dnsNames) && dnsNames.some((one) => coversHost(one, host))
}

/** A wildcard stands for one label (RFC 6125). */
function coversHost(dnsName: unknown, host: string): boolean {
  if (typeof dnsName !== 'string') return false
  const [wanted, got] = [host.toLowerCase(), dnsName.toLowerCase()]
  return got === wanted || (got.startsWith('*.') && wanted.slice(wanted.indexOf('.')) === got.slice(1))
}

/** Whose certificate it is, where that is no server of this name: that of a CA or of a client. */
export function otherHolder(spec: CertificateSpec, host: string): 'a CA' | 'a client' | undefined {
  if (isForHost(spec, host)) return undefined
  if (spec.isCA === true) return 'a CA'
  return isUsableFor('server auth', extendedUsages(spec)) ? undefined : 'a client'
}
