import { isInt64, TEXT_MAX, withoutQuotes } from './sizes.ts'

const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3, // U+00B5
  μs: 1e3, // U+03BC
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}
const PART = String.raw`(\d+\.?\d*|\.\d+)(${Object.keys(NANOSECONDS).join('|')})`
const WHOLE = new RegExp(`^[+-]?(?:${PART})+$`)

/**
 * The seconds of a text such as "48h" or "3600", undefined if BuildKit refuses it; an empty one is 0. Days are no unit of it
 * (Duration in cmd/buildkitd/config/gcpolicy.go, `time.ParseDuration` of Go).
 */
export function parseDuration(quoted: string): number | undefined {
  const text = withoutQuotes(quoted)
  if (text === '') return 0
  if (text.length > TEXT_MAX) return undefined
  if (isInt64(text)) return Number(text)
  if (!WHOLE.test(text)) return undefined
  const parts = [...text.matchAll(new RegExp(PART, 'g'))]
  const nanoseconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (NANOSECONDS[unit ?? ''] ?? 0), 0)
  if (nanoseconds >= 2 ** 63) return undefined
  return (text.startsWith('-') ? -nanoseconds : nanoseconds) / 1e9
}
