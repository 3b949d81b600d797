import type { KeyPath } from './key-positions.ts'

/** A path as TOML writes it, places in lists in brackets: `registry."docker.io".mirrors[0]`. */
export function keyText(path: KeyPath): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    const written = /^[\w-]+$/.test(key) ? key : JSON.stringify(key)
    return text === '' ? written : `${text}.${written}`
  }, '')
}
