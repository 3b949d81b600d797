import { oncePer } from '../common/once-per.ts'
import type { Item } from '../input/item.ts'
import { objectFinding } from '../results/finding.ts'
import { positionsOf } from './lines.ts'
import { locator } from './locator.ts'
import { offsetOf } from './offset-of.ts'

/** Where an object is, in words: its file, and its line where that is known. */
export const placeOf = oncePer((item: Item): string => {
  const finding = objectFinding('error', item, '')
  const located = locator()(finding)
  const line = located && positionsOf(located.place.source)(offsetOf(located, finding)).line
  if (item.origin) return line === undefined ? item.origin.path : `${item.origin.path}:${line}`
  return line === undefined ? 'the input' : `line ${line} of the input`
})
