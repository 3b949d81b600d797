import type { WrittenAt } from '../../crds/validate.ts'
import { plainScalars } from '../yaml/plain-scalars.ts'
import type { Item } from './item.ts'

/** How the text of an item writes its values. */
export function writtenIn({ text, writtenAt }: Item): WrittenAt {
  return writtenAt ?? plainScalars(text)
}
