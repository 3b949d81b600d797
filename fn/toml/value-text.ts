import { shownText } from '../results/shown.ts'
import { withoutUser } from '../results/without-secrets.ts'

/** So much of a value is enough to find it. */
const LENGTH_MAX = 80

/** A value as TOML might write it, on one line and cut where it is long. */
export function valueText(value: unknown): string {
  const text = written(value)
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX)}…` : text
}

function written(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shownText(withoutUser(value)).slice(0, LENGTH_MAX + 1))
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (value instanceof Date) return 'a date'
  return typeof value === 'object' ? 'a table' : String(value)
}
