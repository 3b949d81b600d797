import { parseGoDuration } from '../../../crds/go-duration.ts'
import { isInt64, TEXT_MAX, withoutQuotes } from './sizes.ts'

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
