import { isMapping } from '../input/item.ts'
import { isSecretName, withoutSecrets } from '../results/without-secrets.ts'

/** What becomes of a credential in `buildkitdToml`, and the way out; after what it is. */
export const EXPOSED = 'is in Git and in a Pod annotation in clear text; remove it'

/** Whether a setting looks like a password, a token or a key, by its name or by what it says, or has such a setting in it. */
export function isCredential(name: string | number | undefined, value: unknown): boolean {
  // Tables may be nested more deeply than functions.
  const left: (readonly [name: string, value: unknown])[] = [[String(name), value]]
  for (let one = left.pop(); one; one = left.pop()) {
    const [key, inner] = one
    if (isSecretName(key) || (typeof inner === 'string' && withoutSecrets(inner) !== inner)) return true
    if (Array.isArray(inner) || isMapping(inner)) for (const entry of Object.entries(inner)) left.push(entry)
  }
  return false
}

/** What a credential is, in words. */
export function credentialText(value: string): string {
  return value.includes('PRIVATE KEY-----') ? 'a private key' : 'a credential'
}
