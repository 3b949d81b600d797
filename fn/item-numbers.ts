import type { Item } from './item.ts'
import { objectResult, type Result } from './results.ts'

/** Finds the numbers of the items that a result may be about; of objects with one name the last comes last: the first is never the one too many. */
export function itemNumbers(items: readonly Item[]): (result: Result) => readonly number[] {
  const known = new Map<string, number[]>()
  items.forEach((item, at) => {
    const key = keyOf(objectResult('info', item, ''))
    const group = known.get(key)
    if (group) group.push(at)
    else known.set(key, [at])
  })
  return (result) => known.get(keyOf(result)) ?? []
}

function keyOf({ resourceRef, file }: Result): string {
  const { kind, name, namespace } = resourceRef ?? {}
  return [file?.path, file?.index ?? 0, kind, namespace, name].map((part) => String(part ?? '')).join('\n')
}
