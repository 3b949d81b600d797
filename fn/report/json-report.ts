import { toResult } from '../results/results.ts'
import type { Placed } from './placed.ts'

/** Results of the KRM functions specification, each with its `position` in its file where it has one, as a JSON array. */
export function jsonReport(found: readonly Placed[]): string {
  return `${JSON.stringify(
    found.map(({ finding, position }) => ({ ...toResult(finding), position })),
    undefined,
    2,
  )}\n`
}
