import type { TemplateFacts } from '../facts/facts.ts'
import { isIn, type Row, type Situation } from '../facts/situation.ts'
import { situationOf } from '../facts/situation-of.ts'
import type { Breach } from './breach.ts'

/** A template in a row of the mode matrix. */
export interface Cell {
  readonly template: TemplateFacts
  readonly situation: Situation
  readonly row: Row
}

/** The `find` of a rule with rows in the mode matrix, from what it says of a template in one of them. */
export function foundInRows(rows: readonly Row[], breachesIn: (cell: Cell) => readonly Breach[]) {
  return (template: TemplateFacts): readonly Breach[] => {
    const situation = situationOf(template)
    const found = rows.filter(({ when }) => isIn(situation, when))
    return found.flatMap((row) => breachesIn({ template, situation, row }))
  }
}
