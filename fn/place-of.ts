import { objectFinding } from './finding.ts'
import type { Item } from './item.ts'
import { oncePer } from './once-per.ts'
import { positionsOf } from './positions/lines.ts'
import { locator } from './positions/locator.ts'
import { offsetOf } from './positions/offset-of.ts'

/** Where an object is, in words: its file, and its line where that is known. */
export const placeOf = oncePer((item: Item): string => {
  const finding = objectFinding('error', item, '')
  const located = locator()(finding)
  const line = located && positionsOf(located.place.source)(offsetOf(located, finding)).line
  if (item.origin) return line === undefined ? item.origin.path : `${item.origin.path}:${line}`
  return line === undefined ? 'the input' : `line ${line} of the input`
})
