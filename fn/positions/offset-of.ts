import { isScalar } from 'yaml'
import type { Finding } from '../results/finding.ts'
import { offsetIn } from '../toml/toml-place.ts'
import type { Step } from '../yaml/field-at.ts'
import type { Located } from './locator.ts'
import { textOffset } from './text-offset.ts'

/**
 * The offset in its source of what a finding is about: a field's key, that of what encloses a field which is missing, the setting in
 * `buildkitdToml`, the place where YAML ends to be such, or the object.
 */
export function offsetOf({ item, place, document, field }: Located, { toml }: Finding): number {
  const { source, start, end } = place
  const object = document?.getIn(place.within, true) as { range?: readonly number[] } | undefined
  const objectStart = (object ?? document?.contents)?.range?.[0] ?? 0
  if (item.error?.offset !== undefined) {
    // What was cut out of a List has offsets of its own.
    if (place.within.length === 0) return start + item.error.offset
    return start + (document?.errors.find(({ pos }) => pos[0] >= objectStart)?.pos[0] ?? objectStart)
  }
  const last = field?.steps.at(-1)
  if (toml && field?.isThere && isScalar(last?.node))
    return start + textOffset(source.text.slice(start, end), last.node, offsetIn(toml))
  return start + ((last && startOf(last)) ?? objectStart)
}

function startOf({ node, entry }: Step): number | undefined {
  return entry?.pair.key.range?.[0] ?? node?.range?.[0]
}
