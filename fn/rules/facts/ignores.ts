import { IGNORE_RULES_ANNOTATION } from '../../../crds/names.ts'
import type { Item } from '../../input/item.ts'

/** An id in an object's annotation that it need not ignore, and why. */
export interface IdleIgnore {
  readonly item: Item
  readonly id: string
  readonly why: 'no such rule' | 'cannot be ignored' | 'not broken'
  /** The id of the rule that has this name. */
  readonly meant?: string | undefined
}

const NONE: readonly string[] = []

/** The ids that an object asks not to be judged by, each once, from its annotation: "BK012, bk013". */
export function ignoredBy({ object }: Item): readonly string[] {
  const value = object?.metadata.annotations?.[IGNORE_RULES_ANNOTATION]
  if (typeof value !== 'string') return NONE
  const ids = value.split(/[\s,]+/).map((word) => (/^bk\d+$/i.test(word) ? word.toUpperCase() : word))
  return [...new Set(ids.filter((id) => id !== ''))]
}
