import { type Finding, RANK } from '../finding.ts'
import type { Item } from '../item.ts'
import { oncePer } from '../once-per.ts'
import { type Position, positionsIn } from '../positions/lines.ts'
import { locator } from '../positions/locator.ts'
import { offsetOf } from '../positions/offset-of.ts'
import type { SourceText } from '../positions/place.ts'

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
  const positionsOf = oncePer(({ text }: SourceText) => positionsIn(text))
  const found = findings.map((finding) => {
    const { item, severity } = finding
    const located = locate(finding)
    if (!located) return { placed: { finding }, order: [RANK[severity], item?.object ? -1 : Infinity, 0] as const }
    const offset = offsetOf(located, finding)
    const position = positionsOf(located.place.source)(offset)
    const order = [RANK[severity], numbers.get(located.item) ?? -1, offset] as const
    return { placed: { finding: withoutPlace(finding), position }, order }
  })
  return found.sort((a, b) => inOrder(a.order, b.order)).map((one) => one.placed)
}

type Order = readonly [severity: number, item: number, offset: number]

function inOrder(a: Order, b: Order): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

/** The reader of YAML counts lines from where the document begins, we from where the file does. */
function withoutPlace(finding: Finding): Finding {
  if (finding.item?.error !== finding.message) return finding
  return { ...finding, message: finding.message.replace(/ at line \d+, column \d+$/, '') }
}
