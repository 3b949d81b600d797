import { type Result, toResult } from '../results/results.ts'
import type { Position } from '../yaml/lines.ts'
import type { Placed } from './placed.ts'

/** Results of the KRM functions specification, as a JSON array. */
export function jsonReport(found: readonly Placed[]): string {
  return `${JSON.stringify(found.map(placedResult), undefined, 2)}\n`
}

/** A result with its `position` in its file where it has one. */
export function placedResult({ finding, position }: Placed): Result & { readonly position: Position | undefined } {
  return { ...toResult(finding), position }
}
