import { IGNORE_RULES_ANNOTATION } from '../../../crds/names.ts'
import type { Item } from '../../item.ts'

/** The ids that an object asks not to be judged by, from its annotation: "BK012, BK013". */
export function ignoredBy({ object }: Item): readonly string[] {
  const value = object?.metadata.annotations?.[IGNORE_RULES_ANNOTATION]
  return typeof value === 'string' ? value.split(/[\s,]+/).filter((id) => id !== '') : []
}
