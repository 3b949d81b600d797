import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { oncePer } from '../../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, objectId, type Source } from '../../input/item.ts'
import { serverNameOf } from '../../render/tls.ts'
import type { PackageFacts, TemplateFacts } from './facts.ts'

/** A Secret of the package that a template names in `spec.tls`; its contents are in no message. */
export interface TlsSecret {
  readonly item: Item
  /** The field that has a key: `data` or `stringData`. */
  readonly fieldOf: (key: string) => string
  readonly keys: readonly string[]
  /** The first is that of the builder; nothing where that is not PEM. */
  readonly chain: readonly X509Certificate[]
  readonly key: KeyObject | undefined
  readonly authorities: readonly X509Certificate[]
}

/** A template with such a Secret. */
export interface SecretOfTemplate {
  readonly template: TemplateFacts
  readonly name: string
  readonly serverName: string
  readonly secret: TlsSecret
}

/** The templates whose Secret is in the package, and not encrypted there. */
export const secretsOfTemplates = oncePer(({ templates, secrets }: PackageFacts): readonly SecretOfTemplate[] => {
  if (secrets.length === 0) return []
  const byId = new Map(
    secrets.map((source) => [objectId(source.value.metadata.namespace, source.value.metadata.name), source]),
  )
  return templates.flatMap((template) => {
    const { metadata, spec } = template.template.value
    const serverName = serverNameOf(template.template.value)
    if (!spec.tls || serverName === undefined) return []
    const name = spec.tls.secretName
    const source = byId.get(objectId(metadata.namespace, name))
    const { secret } = source ? readSecret(source) : {}
    return secret ? [{ template, name, serverName, secret }] : []
  })
})

const readSecret = oncePer((source: Source<KubernetesObject>): { readonly secret?: TlsSecret } => {
  const { value } = source
  const files = 'sops' in value ? new Map<string, File>() : filesIn(value)
  if (files.size === 0) return {}
  const text = (key: string) => files.get(key)?.text ?? ''
  const secret = {
    item: source.item,
    fieldOf: (key: string) => files.get(key)?.field ?? 'data',
    keys: [...files.keys()],
    chain: certificatesIn(text('tls.crt')),
    key: privateKeyIn(text('tls.key')),
    authorities: certificatesIn(text('ca.crt')),
  }
  return { secret }
})

interface File {
  readonly field: string
  readonly text: string
}

function filesIn({ data, stringData }: KubernetesObject): ReadonlyMap<string, File> {
  const entries = (map: unknown) => Object.entries(isMapping(map) ? map : {})
  const encoded = entries(data).map(([key, value]): [string, File] => {
    return [key, { field: 'data', text: Buffer.from(String(value), 'base64').toString('latin1') }]
  })
  const plain = entries(stringData).map(([key, value]): [string, File] => {
    return [key, { field: 'stringData', text: String(value) }]
  })
  return new Map([...encoded, ...plain])
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g
/** More are a bundle that nobody writes by hand. */
const CERTIFICATES_MAX = 200

/** Nothing where one of them cannot be read. */
function certificatesIn(pem: string): readonly X509Certificate[] {
  const blocks = pem.match(CERTIFICATE) ?? []
  if (blocks.length > CERTIFICATES_MAX) return []
  return ifReadable(() => blocks.map((block) => new X509Certificate(block))) ?? []
}

function privateKeyIn(pem: string): KeyObject | undefined {
  return pem.includes('PRIVATE KEY-----') ? ifReadable(() => createPrivateKey(pem)) : undefined
}

/** What another tool is yet to decrypt or to fill in is no mistake. */
function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Whether the first certificate of a chain leads to one of the authorities, through others of the chain or directly. */
export function isTrusted(
  [certificate, ...intermediates]: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
): boolean {
  if (!certificate) return false
  const isOneOfThem = ({ fingerprint256 }: X509Certificate) => fingerprint256 === certificate.fingerprint256
  if (authorities.some((one) => isOneOfThem(one) || hasSigned(one, certificate))) return true
  const next = intermediates.find((one) => hasSigned(one, certificate))
  if (!next) return false
  // Each is gone through once.
  return isTrusted([next, ...intermediates.filter((one) => one !== next)], authorities)
}

function hasSigned(authority: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
}
