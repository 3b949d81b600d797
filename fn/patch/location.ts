import { isMapping } from '../input/item.ts'

const STEP = /([^.[\]]+)(?:\[(\w+)=([^\]]*)\])?/g

/** What is at a location such as `containers[name=buildkit].args`; undefined if nothing is. */
export function valueAtLocation(podSpec: unknown, location: string): unknown {
  let value = podSpec
  for (const { field, key, wanted } of stepsOf(location)) {
    const inside = isMapping(value) && Object.hasOwn(value, field) ? value[field] : undefined
    value = key === undefined ? inside : itemOf(inside, key, wanted)
  }
  return value
}

interface Step {
  readonly field: string
  readonly key: string | undefined
  readonly wanted: string | undefined
}

/** Thousands of patches are asked for the same few. */
const known = new Map<string, readonly Step[]>()

function stepsOf(location: string): readonly Step[] {
  const steps =
    known.get(location) ?? [...location.matchAll(STEP)].map(([, field = '', key, wanted]) => ({ field, key, wanted }))
  known.set(location, steps)
  return steps
}

function itemOf(list: unknown, key: string, wanted: string | undefined): unknown {
  return Array.isArray(list) ? list.find((item) => isMapping(item) && String(item[key]) === wanted) : undefined
}

/** Whether a location is another one or in it; all are in the empty one. */
export function isIn(location: string, other: string): boolean {
  return other === '' || location === other || location.startsWith(`${other}.`) || location.startsWith(`${other}[`)
}
