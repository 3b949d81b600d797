import { parseGoDuration } from '../../../crds/go-duration.ts'

/** An amount of disk space as buildkitd.toml has it; neither is set where the text is empty. */
export interface Size {
  readonly bytes?: number
  /** Of the disk that BuildKit's state is on. */
  readonly percentage?: number
}

const UNITS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4, p: 1024 ** 5 }
const DIGITS = String.raw`\d+(?:_\d+)*`
const NUMBER = new RegExp(`^[+-]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:e[+-]?${DIGITS})?$`, 'i')
/** No longer text is a size or a duration in earnest, and patterns take their time for such. */
const TEXT_MAX = 1000

const INT64_MAX = 2n ** 63n - 1n

/**
 * What a text such as "10GB", "512 MiB" or "20%" says, undefined if BuildKit refuses it. All its units are powers of 1024
 * (DiskSpace in cmd/buildkitd/config/gcpolicy.go, RAMInBytes of docker/go-units).
 */
export function parseSize(quoted: string): Size | undefined {
  const text = withoutQuotes(quoted)
  if (text === '') return {}
  if (text.length > TEXT_MAX) return undefined
  if (text.endsWith('%')) return percentageOf(text.slice(0, -1))
  const last = text.search(/[\d. ][^\d. ]*$/)
  if (last < 0) return undefined
  const number = amountOf(text.slice(0, text[last] === ' ' ? last : last + 1))
  const unit = unitOf(text.slice(last + 1).toLowerCase())
  return number === undefined || unit === undefined ? undefined : { bytes: Math.trunc(number * unit) }
}

/** BuildKit takes a pair of quotes inside the text away. */
function withoutQuotes(text: string): string {
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}

function percentageOf(text: string): Size | undefined {
  if (!isInt64(text)) return undefined
  return { percentage: Number(text) }
}

/** Whether Go's `strconv.ParseInt` takes a text for a decimal number of 64 bits. */
function isInt64(text: string): boolean {
  if (!/^[+-]?\d+$/.test(text)) return false
  const value = BigInt(text.replace('+', ''))
  return value >= -INT64_MAX - 1n && value <= INT64_MAX
}

function amountOf(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined
  const number = Number(text.replaceAll('_', ''))
  return number >= 0 && Number.isFinite(number) ? number : undefined
}

function unitOf(suffix: string): number | undefined {
  if (suffix === '' || suffix === 'b') return 1
  const [, letter = ''] = /^([kmgtp])(?:i?b)?$/.exec(suffix) ?? []
  return UNITS[letter]
}

/**
 * The seconds of a text such as "48h" or "3600", undefined if BuildKit refuses it; an empty one is 0. Days are no unit of it
 * (Duration in cmd/buildkitd/config/gcpolicy.go).
 */
export function parseDuration(quoted: string): number | undefined {
  const text = withoutQuotes(quoted)
  if (text === '') return 0
  if (text.length > TEXT_MAX) return undefined
  if (isInt64(text)) return Number(text)
  const nanoseconds = parseGoDuration(text)
  return nanoseconds === undefined ? undefined : nanoseconds / 1e9
}
