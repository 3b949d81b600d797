import { shownText } from '../results/shown.ts'
import { withoutUser } from '../results/without-secrets.ts'
import type { KeyPath } from './key-positions.ts'

/** So much of a key is enough to find it. */
const KEY_MAX = 80

/** A path as TOML writes it, places in lists in brackets, long keys cut and without passwords: `registry."docker.io".mirrors[0]`. */
export function keyText(path: KeyPath): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === 'number') return `${before}[${key}]`
    const text = shownText(withoutUser(key))
    const written = writtenKey(text.length > KEY_MAX ? `${text.slice(0, KEY_MAX)}…` : text)
    return before === '' ? written : `${before}.${written}`
  }, '')
}

/** A key as TOML writes it. */
export function writtenKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
}
