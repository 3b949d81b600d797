import { parseQuantity, type Quantity } from './quantity.ts'

/** Amounts by the names of their resources. */
export type Quantities = ReadonlyMap<string, Quantity>

/** The quantities of a map in an object that nobody has validated. */
export function quantitiesIn(value: unknown): Quantities {
  const entries: readonly (readonly [string, unknown])[] =
    typeof value === 'object' && value !== null ? Object.entries(value) : []
  return new Map(
    entries.flatMap(([name, text]) => {
      const quantity = typeof text === 'string' || typeof text === 'number' ? parseQuantity(text) : undefined
      return quantity ? [[name, quantity] as const] : []
    }),
  )
}

/** What a container asks for and may use; a request that is missing is its limit, as for the API server. */
export interface Demand {
  readonly requests: Quantities
  readonly limits: Quantities
}

/** What a container asks for when LimitRanges have added what it does not say (mergeContainerResources in limitranger/admission.go). */
export function withDefaults({ requests, limits }: Demand, defaults: readonly Demand[]): Demand {
  return {
    requests: new Map([...defaults.flatMap((one) => [...one.requests]), ...requests]),
    limits: new Map([...defaults.flatMap((one) => [...one.limits]), ...limits]),
  }
}
