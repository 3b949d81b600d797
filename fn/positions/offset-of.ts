import { isScalar } from 'yaml'
import type { Finding } from '../finding.ts'
import { offsetIn } from '../toml/toml-place.ts'
import type { Step } from '../yaml/field-at.ts'
import { readDocument } from '../yaml/read-document.ts'
import type { Located } from './locator.ts'
import { textOffset } from './text-offset.ts'

/**
 * The offset in its source of what a finding is about: a field's key, that of what encloses a field which is missing, the setting in
 * `buildkitdToml`, the place that cannot be read, or the object.
 */
export function offsetOf({ item, place, document, field }: Located, { toml }: Finding): number {
  const { source, start, end } = place
  if (item.error !== undefined) return start + mistakeIn(source.text.slice(start, end))
  const last = field?.steps.at(-1)
  if (toml && field?.isThere && isScalar(last?.node))
    return start + textOffset(source.text.slice(start, end), last.node, offsetIn(toml))
  const object = document?.getIn(place.within, true) as { range?: readonly number[] } | undefined
  return start + ((last && startOf(last)) ?? object?.range?.[0] ?? 0)
}

function mistakeIn(text: string): number {
  const read = readDocument(text)
  return ('error' in read && read.offset) || 0
}

function startOf({ node, entry }: Step): number | undefined {
  return entry?.pair.key.range?.[0] ?? node?.range?.[0]
}
