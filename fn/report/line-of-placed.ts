import { lineOf } from '../results/results.ts'
import type { Placed } from './placed.ts'

const STANDARD_INPUT = 'standard input'

/** One line for people: `pods.yaml:3:5: error: Buildkit ci/builder: spec.template: must name …`. */
export function lineOfPlaced({ finding, position }: Placed): string {
  const { place, origin } = finding.item ?? {}
  const path = place ? (place.source.path ?? STANDARD_INPUT) : origin?.path
  return lineOf(finding, position ? `${path}:${position.line}:${position.column}` : path)
}
