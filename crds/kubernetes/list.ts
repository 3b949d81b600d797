import * as z from 'zod/mini'
import { annotated } from '../field.ts'

/** A list that is replaced as a whole when it is applied. */
export function atomicList<S extends z.ZodMiniType>(item: S): z.ZodMiniArray<S> {
  return annotated({ 'x-kubernetes-list-type': 'atomic' }, z.array(item))
}

/** A list whose items are told apart by `key`, which is merged item by item when it is applied. */
export function mapList<K extends string, S extends z.ZodMiniType<Record<K, string>>>(
  key: K,
  item: S,
): z.ZodMiniArray<S> {
  const list = z.array(item).check((context) => {
    const seen = new Set<string>()
    context.value.forEach((one, index) => {
      const value = one[key]
      if (seen.has(value))
        context.issues.push({
          code: 'custom',
          message: `the only item of its list with this \`${key}\``,
          path: [index, key],
          input: value,
        })
      seen.add(value)
    })
  })
  return annotated({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [key] }, list)
}
