import { objectFinding } from './finding.ts'
import type { Item } from './item.ts'
import { oncePer } from './once-per.ts'
import { positionsIn } from './positions/lines.ts'
import { locator } from './positions/locator.ts'
import { offsetOf } from './positions/offset-of.ts'
import type { SourceText } from './positions/place.ts'

/** Where an object is, in words: its file, and its line where that is known. */
export const placeOf = oncePer((item: Item): string => {
  const finding = objectFinding('error', item, '')
  const located = locator()(finding)
  const line = located && positionsOf(located.place.source)(offsetOf(located, finding)).line
  if (item.origin) return line === undefined ? item.origin.path : `${item.origin.path}:${line}`
  return line === undefined ? 'the input' : `line ${line} of the input`
})

/** An object that many others collide with may be one of many in a long text. */
const positionsOf = oncePer(({ text }: SourceText) => positionsIn(text))
