import type { KeyPath } from './key-positions.ts'

/** So much of a key is enough to find it. */
const KEY_MAX = 80

/** A path as TOML writes it, places in lists in brackets and long keys cut: `registry."docker.io".mirrors[0]`. */
export function keyText(path: KeyPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    const shown = key.length > KEY_MAX ? `${key.slice(0, KEY_MAX)}…` : key
    const written = /^[\w-]+$/.test(shown) ? shown : JSON.stringify(shown)
    return text === '' ? written : `${text}.${written}`
  }, '')
}
