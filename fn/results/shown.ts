import { isMapping } from '../input/item.ts'
import { isSecretName, withoutSecrets, withoutUser } from './without-secrets.ts'

/** So long may a text in a result be; what is longer is cut in its middle, since it ends with the way out. */
const LENGTH_MAX = 1000
const END = 300
/** So much of a text's beginning and of its end is looked at for secrets: far more than is shown. */
const LOOKED_AT = 2 * LENGTH_MAX

/** What a result shows of a text: all of it but secrets, or its beginning and its end. */
export function shownText(text: string): string {
  const ends = text.length > 2 * LOOKED_AT ? `${text.slice(0, LOOKED_AT)} ${text.slice(-LOOKED_AT)}` : text
  const shown = withoutSecrets(ends)
  return shown.length > LENGTH_MAX ? `${shown.slice(0, LENGTH_MAX - END - 1)}…${shown.slice(-END)}` : shown
}

/**
 * What a result shows of the value that these names lead to; undefined for a secret, for a text of several lines, which may be a
 * file, and for what is long and no text.
 */
export function shownValue(value: unknown, names: readonly (string | number)[]): unknown {
  if (names.some((name) => isSecretName(String(name)))) return undefined
  if (typeof value === 'string')
    return value.includes('\n') ? undefined : shownText(names.includes('buildkitdToml') ? withoutUser(value) : value)
  if (typeof value !== 'object' || value === null) return value
  return JSON.stringify(value).length > LENGTH_MAX ? undefined : withoutSecretsIn(value)
}

function withoutSecretsIn(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecrets(value)
  if (Array.isArray(value)) return value.map(withoutSecretsIn)
  if (!isMapping(value)) return value
  const entries = Object.entries(value).filter(([name]) => !isSecretName(name))
  return Object.fromEntries(entries.map(([name, one]) => [name, withoutSecretsIn(one)]))
}
