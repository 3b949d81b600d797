/** A step to something in a Pod's spec: a field, an item of a list by its place, or by the value that it has at a key. */
export type Step = string | number | readonly [key: string, value: unknown]

/** Something for which an API server refuses a Pod. */
export interface PodMistake {
  readonly steps: readonly Step[]
  readonly message: string
  readonly currentValue?: unknown
}

export type Mapping = Readonly<Record<string, unknown>>

/** The objects in a field of another that is a list, if it is one. */
export function objectsIn(object: Mapping, field: string): readonly Mapping[] {
  const list = object[field]
  return Array.isArray(list) ? (list as readonly Mapping[]) : []
}
