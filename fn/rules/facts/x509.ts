/** A certificate as Node.js has it, as far as rules look into it. */
export interface Certificate {
  readonly fingerprint256: string
  readonly publicKey: Key
  readonly checkHost: (
    name: string,
    options: { readonly subject: 'always' | 'default' | 'never' },
  ) => string | undefined
  readonly checkIssued: (issuer: Certificate) => boolean
  readonly checkPrivateKey: (key: Key) => boolean
  readonly verify: (key: Key) => boolean
}

/** A key, which only its reader looks into. */
export interface Key {
  readonly type: string
}

/** Node's own reader, loaded for the first Secret that needs it; undefined in a browser, where nothing reads certificates. */
function reader(): Reader | undefined {
  const { process } = globalThis as { readonly process?: { readonly getBuiltinModule?: (name: string) => unknown } }
  return process?.getBuiltinModule?.('node:crypto') as Reader | undefined
}

interface Reader {
  readonly X509Certificate: new (pem: string) => Certificate
  readonly createPrivateKey: (pem: string) => Key
}

/** Whether there is something that reads certificates and keys. */
export function canReadCertificates(): boolean {
  return reader() !== undefined
}

/** As Go finds it (encoding/pem): the first and the last line of a block are lines of their own. */
const CERTIFICATE = /^-----BEGIN CERTIFICATE-----[ \t]*\r?\n[^-]*^-----END CERTIFICATE-----[ \t\r]*$/gm
const PRIVATE_KEY = /^-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----[ \t]*\r?\n[^-]*^-----END \1-----[ \t\r]*$/m
/** More are a bundle that nobody writes by hand. */
const CERTIFICATES_MAX = 200

/** The certificates of a PEM text in their order, undefined for each that cannot be read. */
export function certificatesIn(pem: string): readonly (Certificate | undefined)[] {
  const crypto = reader()
  const blocks = (crypto && pem.match(CERTIFICATE)) ?? []
  return blocks.slice(0, CERTIFICATES_MAX).map((block) => ifReadable(() => crypto && new crypto.X509Certificate(block)))
}

/** The first private key of a PEM text; undefined where it is encrypted, or cannot be read. */
export function privateKeyIn(pem: string): Key | undefined {
  const [block] = PRIVATE_KEY.exec(pem) ?? []
  return block === undefined ? undefined : ifReadable(() => reader()?.createPrivateKey(block))
}

function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Whether the first certificate of a chain leads to one of the authorities, through others of the chain or directly. */
export function isTrusted(
  [certificate, ...intermediates]: readonly Certificate[],
  authorities: readonly Certificate[],
): boolean {
  if (!certificate) return false
  const isOneOfThem = ({ fingerprint256 }: Certificate) => fingerprint256 === certificate.fingerprint256
  if (authorities.some((one) => isOneOfThem(one) || hasSigned(one, certificate))) return true
  const next = intermediates.find((one) => hasSigned(one, certificate))
  if (!next) return false
  // Each is gone through once.
  return isTrusted([next, ...intermediates.filter((one) => one !== next)], authorities)
}

function hasSigned(authority: Certificate, certificate: Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey)
}
