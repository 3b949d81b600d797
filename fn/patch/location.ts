import { isMapping } from '../input/item.ts'

const STEP = /([^.[\]]+)(?:\[(\w+)=([^\]]*)\])?/g

/** What is at a location such as `containers[name=buildkit].args`; undefined if nothing is. */
export function valueAtLocation(podSpec: unknown, location: string): unknown {
  let value = podSpec
  for (const [, field = '', key, wanted] of location.matchAll(STEP)) {
    const inside = isMapping(value) && Object.hasOwn(value, field) ? value[field] : undefined
    value = key === undefined ? inside : itemOf(inside, key, wanted)
  }
  return value
}

function itemOf(list: unknown, key: string, wanted: string | undefined): unknown {
  return Array.isArray(list) ? list.find((item) => isMapping(item) && String(item[key]) === wanted) : undefined
}

/** Whether a location is another one or in it; all are in the empty one. */
export function isIn(location: string, other: string): boolean {
  return other === '' || location === other || location.startsWith(`${other}.`) || location.startsWith(`${other}[`)
}
