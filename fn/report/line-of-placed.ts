import type { ReadError } from '../manifests-in.ts'
import { oneLine } from '../one-line.ts'
import { lineOf } from '../results.ts'
import type { Placed } from './placed.ts'

const STANDARD_INPUT = 'standard input'

/** One line for people: `pods.yaml:3:5: error: Buildkit ci/builder: spec.template: must name …`. */
export function lineOfPlaced({ finding, position }: Placed): string {
  if (!position) return lineOf(finding)
  const path = finding.item?.origin?.path ?? STANDARD_INPUT
  return lineOf(finding, `${path}:${position.line}:${position.column}`)
}

/** One line for people about what could not be read. */
export function lineOfReadError({ path, message }: ReadError): string {
  return oneLine(`${path ?? STANDARD_INPUT}: ${message}`)
}
