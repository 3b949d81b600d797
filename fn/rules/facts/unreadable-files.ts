import type { SecretFile, TlsSecret } from './tls-secrets.ts'
import { certificatesIn, privateKeyIn } from './x509.ts'

/** Why buildkitd finds no certificate or key in a file of a Secret; undefined where it does, or where another tool fills it in. */
export function whyUnreadable(secret: TlsSecret, key: string): string | undefined {
  const file = secret.files.get(key)
  // A swapped pair is reported once, at its certificate.
  if (!file || isReadable(key, file) || (key === 'tls.key' && isSwapped(secret))) return undefined
  const found = encodingMistake(file) ?? contentMistake(secret, key, file.text)
  if (found !== undefined || isPlaceholder(file)) return found
  return `must have a PEM ${key === 'tls.key' ? 'private key' : 'certificate'} that can be read`
}

function isReadable(key: string, { field, written, text }: SecretFile): boolean {
  if (field === 'data' && !isBase64(written)) return false
  if (key === 'tls.key') return privateKeyIn(text) !== undefined
  const certificates = certificatesIn(text)
  // Of its own chain, buildkitd must read the first; of a CA file, it takes what it can read (AppendCertsFromPEM).
  return key === 'tls.crt' ? certificates[0] !== undefined : certificates.some((one) => one !== undefined)
}

/** "-----BEGIN" in base64. */
const PEM_IN_BASE64 = /^\s*LS0tLS1CRUdJT/
/** A SEQUENCE with a length of one byte or more, as a certificate or key in DER has it. */
const DER = /^\x30[\x80-\x84]/

function encodingMistake({ field, written, text }: SecretFile): string | undefined {
  if (field === 'data' && !isBase64(written) && BEGIN.test(written) && !MARKS.test(written))
    return 'must be base64 in `data`, got PEM; move it to `stringData`'
  if (PEM_IN_BASE64.test(text))
    return 'must be PEM, encoded once in `data` and not at all in `stringData`, got an extra encoding'
  return DER.test(text) ? 'must be PEM, got DER' : undefined
}

const BEGIN = /-----BEGIN /
const ENCRYPTED = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m

function contentMistake(secret: TlsSecret, key: string, text: string): string | undefined {
  const isFor = kindIn(text)
  if (key === 'tls.key') {
    if (ENCRYPTED.test(text)) return 'must not be encrypted, because buildkitd has no passphrase'
    return isFor === 'certificate' ? 'must have a private key, got a certificate' : undefined
  }
  if (isFor !== 'key') return undefined
  const isPair = key === 'tls.crt' && isSwapped(secret)
  return `must have a certificate, got a private key${isPair ? '; swap `tls.crt` and `tls.key`' : ''}`
}

function isSwapped({ files }: TlsSecret): boolean {
  return kindIn(files.get('tls.crt')?.text) === 'key' && kindIn(files.get('tls.key')?.text) === 'certificate'
}

/** What a PEM text is, where it is of one kind only. */
function kindIn(text = ''): 'key' | 'certificate' | undefined {
  const [hasKey, hasCertificate] = [text.includes('PRIVATE KEY-----'), text.includes('BEGIN CERTIFICATE-----')]
  if (hasKey === hasCertificate) return undefined
  return hasKey ? 'key' : 'certificate'
}

/** What tools replace: templates, variables, references and words that say so. No PEM has any of these characters. */
const MARKS = /[<>{}[\]$%@\u2026]|:\/\/|^\s*vault:/
const WORDS = /change|replace|todo|placeholder|redacted|dummy/i

function isPlaceholder({ field, written, text }: SecretFile): boolean {
  if (field === 'data' && !isBase64(written)) return true
  return MARKS.test(text) || WORDS.test(text)
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/.test(text)
}
