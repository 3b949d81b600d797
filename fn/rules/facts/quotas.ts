import { isMapping, type KubernetesObject } from '../../input/item.ts'
import type { Source } from '../../input/select.ts'
import { type Quantities, quantitiesIn } from './quantities.ts'

/** The amounts of a ResourceQuota that counts every Pod. */
export function hardOf({ value: { spec } }: Source<KubernetesObject>): Quantities {
  if (!isMapping(spec) || spec.scopeSelector || (Array.isArray(spec.scopes) && spec.scopes.length > 0)) return new Map()
  return quantitiesIn(spec.hard)
}
