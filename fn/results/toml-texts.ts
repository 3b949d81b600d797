import { isMapping } from '../input/item.ts'
import type { KeyPath } from '../toml/key-positions.ts'
import type { TomlDocument } from '../toml/read-toml.ts'
import { isSecretName, shownText, withoutSecrets, withoutUser } from './shown.ts'

/** So much of a key is enough to find it. */
const KEY_MAX = 80

/** A path as TOML writes it, places in lists in brackets, long keys cut and without passwords: `registry."docker.io".mirrors[0]`. */
export function keyText(path: KeyPath): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`
    const text = shownText(withoutUser(key))
    const last = writtenKey(text.length > KEY_MAX ? `${text.slice(0, KEY_MAX)}…` : text)
    return before === '' ? last : `${before}.${last}`
  }, '')
}

/** A key as TOML writes it. */
export function writtenKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
}

/** So much of a value is enough to find it. */
const LENGTH_MAX = 80

/** A value as TOML might write it, on one line and cut where it is long. */
export function valueText(value: unknown): string {
  const text = literalOf(value)
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}…` : text
}

function literalOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shownText(withoutUser(value)).slice(0, LENGTH_MAX + 1))
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (value instanceof Date) return 'a date'
  return typeof value === 'object' ? 'a table' : String(value)
}

/** A value as the document has it, numbers as they are written, on one line and cut where it is long. */
export function writtenAt({ positions }: TomlDocument, path: KeyPath, value: unknown): string {
  if (isSecretName(String(path.at(-1)))) return 'a value that is not shown'
  const isNumber = typeof value === 'bigint' || typeof value === 'number'
  return (isNumber ? positions.valueText(path) : undefined) ?? valueText(value)
}

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
