import { LENGTH_MAX, shortened } from './shortened.ts'

/** What a result shows of a value: nothing where that is long and no text. */
export function shortenedValue(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value)
  return typeof value === 'object' && JSON.stringify(value).length > LENGTH_MAX ? undefined : value
}
