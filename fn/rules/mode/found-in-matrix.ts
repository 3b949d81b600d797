import type { TemplateFacts } from '../facts.ts'
import type { Finding } from '../finding.ts'
import { rowsFor } from './matrix.ts'
import type { Row } from './row.ts'
import type { Situation } from './situation.ts'
import { situationOf } from './situation-of.ts'

/** A template in the cell of a matrix. */
export interface Cell {
  readonly template: TemplateFacts
  readonly situation: Situation
  readonly row: Row
}

/** The `find` of a rule of the matrix, from what it says of a cell. */
export function foundInMatrix(rule: string, findingsIn: (cell: Cell) => readonly Finding[]) {
  return (template: TemplateFacts): readonly Finding[] => {
    const situation = situationOf(template)
    const rows = rowsFor(situation).filter((row) => row.rule === rule)
    return rows.flatMap((row) => findingsIn({ template, situation, row }))
  }
}
