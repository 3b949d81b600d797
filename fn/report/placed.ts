import type { Item } from '../input/item.ts'
import { positionsOf } from '../input/place.ts'
import { locator, offsetOf } from '../positions/locator.ts'
import { type Finding, RANK } from '../results/finding.ts'
import { lineOf } from '../results/results.ts'
import type { Position } from '../yaml/lines.ts'

/** A finding with its place in what was read. */
export interface Placed {
  readonly finding: Finding
  /** Missing for what is nowhere in the input. */
  readonly position?: Position
}

/** Findings with their places among the items that they are about: errors first, each severity in the order of files and lines. */
export function placed(findings: readonly Finding[], items: readonly Item[]): readonly Placed[] {
  if (findings.length === 0) return []
  const numbers = new Map(items.map((item, at) => [item, at]))
  const locate = locator()
  const found = findings.map((finding) => {
    const { item, severity } = finding
    const located = locate(finding)
    const number = item && (numbers.get(item) ?? (item.object && -1))
    // Of what could not be read at all there is no text.
    const offset = located?.place.source.text ? offsetOf(located, finding) : undefined
    const position = offset === undefined ? undefined : located && positionsOf(located.place.source)(offset)
    const order = [RANK[severity], number ?? Number.POSITIVE_INFINITY, offset ?? 0] as const
    return { placed: { finding, ...(position && { position }) }, order }
  })
  return found.sort((a, b) => inOrder(a.order, b.order)).map((one) => one.placed)
}

type Order = readonly [severity: number, item: number, offset: number]

function inOrder(a: Order, b: Order): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

const STANDARD_INPUT = 'standard input'

/** One line for people: `pods.yaml:3:5: error: Buildkit ci/builder: spec.template: must name …`. */
export function lineOfPlaced({ finding, position }: Placed): string {
  const { place, origin } = finding.item ?? {}
  const path = place ? (place.source.path ?? STANDARD_INPUT) : origin?.path
  return lineOf(finding, position ? `${path}:${position.line}:${position.column}` : path)
}
