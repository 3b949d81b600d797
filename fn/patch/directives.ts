import { isMapping } from '../input/item.ts'

/** In an object: it is deleted, or replaced by the rest of the patch. In a list that merges: so is its item, or the whole list. */
export const PATCH = '$patch'
/** The fields of an object that stay; all others go. */
export const RETAIN_KEYS = '$retainKeys'

/** What a key such as `$setElementOrder/env` does, and to which list beside it. */
export interface ListDirective {
  readonly verb: '$setElementOrder' | '$deleteFromPrimitiveList'
  readonly field: string
}

/** The directive that a key is, if it is one for a list. */
export function listDirective(key: string): ListDirective | undefined {
  const [, verb, field = ''] = /^(\$setElementOrder|\$deleteFromPrimitiveList)\/(.*)$/s.exec(key) ?? []
  return verb === undefined ? undefined : { verb: verb as ListDirective['verb'], field }
}

/** What an object says becomes of it; undefined where it is merged, which `merge` says, too. */
export function actionOf(object: unknown): unknown {
  const action = isMapping(object) ? object[PATCH] : undefined
  return action === 'merge' ? undefined : action
}

/** Whether a key says what to do instead of what a field is to be. */
export function isDirective(key: string): boolean {
  return key.startsWith('$')
}
